"""Turning what an admin entered into the values that a connector needs."""

from collections.abc import Mapping, Sequence

from billingbot.domain.credential import CredentialField
from billingbot.errors import ConfigError


def completed(source: str, fields: Sequence[CredentialField], entered: Mapping[str, str]) -> dict[str, str]:
    """Return a value for every field: what was entered without white space around it, else the default.

    Raises `ConfigError` that names all fields which have neither.
    """
    values = {field.name: entered.get(field.name, "").strip() or field.default for field in fields}
    missing = [field.label for field in fields if field.required and not values[field.name]]
    if missing:
        raise ConfigError(f"{source}: {', '.join(missing)} must be given.")
    return values
