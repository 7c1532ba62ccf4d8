"""Signing in to HaloPSA: with every permission that the application has, and precise about what is wrong."""

from billingbot.connectors.halo.account import SOURCE, HaloAccount
from billingbot.connectors.halo.authorisation import AuthorisationServer, authorisation_server
from billingbot.connectors.halo.scopes import NEEDED, WHOLE
from billingbot.connectors.http import Patience, Token, Transport, token_of
from billingbot.errors import Cause, UpstreamAuthError, UpstreamError


def sign_in(account: HaloAccount, transport: Transport, patience: Patience) -> Token:
    """Return a new token. Raises `UpstreamAuthError` when the credentials are refused, and other `UpstreamError`.

    It is asked for with `all`, as every library does. An application that has single permissions may not ask for that;
    it is asked for with those that are needed, and with as many of them as it has.
    """
    asking = _SignIn(authorisation_server(account, transport, patience), account, transport, patience)
    names = [need.name for need in NEEDED]
    for scope in (*WHOLE, " ".join(names)):
        token = asking.token(scope)
        if token is not None:
            return token
    granted = [name for name in names if asking.token(name) is not None]
    token = asking.token(" ".join(granted)) if granted else None
    if token is None:
        sentence = "the credentials are right, but the application has none of the permissions that BillingBot needs."
        raise UpstreamAuthError(sentence, source=SOURCE, cause=Cause.PERMISSION)
    return token


class _SignIn:
    def __init__(
        self, server: AuthorisationServer, account: HaloAccount, transport: Transport, patience: Patience
    ) -> None:
        self._server = server
        self._account = account
        self._transport = transport
        self._patience = patience
        self._tenant = account.tenant or server.tenant

    def token(self, scope: str) -> Token | None:
        """Return a token for a scope, None when the application may not have it."""
        try:
            return self._ask(scope, self._tenant)
        except UpstreamAuthError as error:
            if error.cause is Cause.PERMISSION:
                return None
            if error.cause is not Cause.CLOCK and self._works_elsewhere(scope):
                theirs, ours = self._server.tenant, self._tenant
                sentence = (
                    f"the sign-in was refused for the tenant {ours}; for {theirs}, which it names itself, it works."
                )
                raise UpstreamAuthError(
                    sentence, source=SOURCE, status=error.status, cause=Cause.TENANT, fields=["tenant"]
                ) from None
            raise

    def _works_elsewhere(self, scope: str) -> bool:
        """Say whether the credentials are right at the tenant that the instance names. That token is not used."""
        named = self._server.tenant
        if not named or named.casefold() == self._tenant.casefold():
            return False
        try:
            self._ask(scope, named)
        except UpstreamError as error:
            return error.cause is Cause.PERMISSION
        return True

    def _ask(self, scope: str, tenant: str) -> Token:
        reply = self._server.ask(self._account, self._transport, self._patience, scope, tenant)
        return token_of(self._transport, self._server.request(self._account, scope, tenant), reply)
