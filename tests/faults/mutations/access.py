"""Guards of who may do what."""

from tests.faults.mutations.mutation import Mutation

_ROLES = "billingbot/domain/access.py"
_STANDING = "billingbot/domain/standing.py"
_MATRIX = ("tests/unit/store/test_access_matrix.py::test_what_is_denied_is_refused_and_changes_nothing",)
_USERS = ("tests/unit/store/test_users.py", "tests/unit/store/test_access_races.py")

ACCESS = (
    Mutation(
        "role-none",
        "21",
        "Who has no role sees nothing",
        _STANDING,
        (
            ("    if role is Role.NONE:\n        raise AccessRefused(_NO_ROLE, Refusal.NO_ROLE)\n", ""),
            (
                "    if not role.permits(permission):\n",
                "    if role is not Role.NONE and not role.permits(permission):\n",
            ),
        ),
        _MATRIX,
    ),
    Mutation(
        "role-viewer",
        "21",
        "A viewer changes nothing",
        _ROLES,
        (
            (
                "Role.VIEWER: frozenset({Permission.VIEW})",
                "Role.VIEWER: frozenset({Permission.VIEW, Permission.OPERATE})",
            ),
        ),
        _MATRIX,
    ),
    Mutation(
        "role-operator",
        "21",
        "An operator administers nothing",
        _ROLES,
        (("Role.OPERATOR: frozenset({Permission.VIEW, Permission.OPERATE})", "Role.OPERATOR: frozenset(Permission)"),),
        _MATRIX,
    ),
    Mutation(
        "asked-in-transaction",
        "21",
        "Each transaction asks whether its person may do that",
        "billingbot/store/guard.py",
        (("            self._check(tx)\n", ""),),
        _MATRIX,
    ),
    Mutation(
        "sign-in-too-old",
        "22",
        "A sign-in that is too old is refused",
        _STANDING,
        (
            ("    if now - sign_in.issued_at > LONGEST_SIGN_IN:\n", "    if now is sign_in:\n"),
            ("now - standing.first_seen > LONGEST_SIGN_IN:", "now is sign_in:"),
        ),
        _USERS,
    ),
    Mutation(
        "sign-in-ended",
        "22",
        "Who signed out is refused, by a copied cookie too",
        _STANDING,
        (("    if revoked or standing.ended_at is not None:\n", "    if revoked:\n"),),
        _USERS,
    ),
    Mutation(
        "sign-in-revoked",
        "22",
        "Who was signed out by an administrator is refused",
        _STANDING,
        (("    if revoked or standing.ended_at is not None:\n", "    if standing.ended_at is not None:\n"),),
        _USERS,
    ),
    Mutation(
        "user-disabled",
        "22",
        "Who was disabled is refused",
        _STANDING,
        (("    if standing.disabled:\n", "    if not standing:\n"),),
        _USERS,
    ),
    Mutation(
        "own-session",
        "26",
        "What a page remembers belongs to one session",
        "billingbot/ui/client_page.py",
        (
            (
                "        st.session_state[_STATE] = PageState()\n    state: PageState = st.session_state[_STATE]\n",
                '        st.session_state[_STATE] = globals().setdefault("everybody", PageState())\n'
                "    state: PageState = st.session_state[_STATE]\n",
            ),
        ),
        ("tests/faults/test_load.py",),
    ),
)
