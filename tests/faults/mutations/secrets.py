"""Guards of secrets."""

from tests.faults.mutations.mutation import Mutation

SECRETS = (
    Mutation(
        "redaction",
        "19",
        "The log has no secrets",
        "billingbot/logs/line.py",
        (("    clean = redacted(text)\n", "    clean = text\n"),),
        ("tests/unit/logs",),
    ),
    Mutation(
        "sealed",
        "19",
        "Secrets are sealed before they are stored",
        "billingbot/bootstrap/credentials.py",
        (("self._around.vault.seal(key, field.name, value), True)", "value, True)"),),
        ("tests/unit/bootstrap/test_credentials.py",),
    ),
    Mutation(
        "sealed-for-field",
        "20",
        "A sealed secret opens only in the field that it was sealed for",
        "billingbot/vault/vault.py",
        (('        if (content["vendor"], content["name"]) != (vendor, name):\n', "        if not content:\n"),),
        ("tests/unit/vault/test_vault.py",),
    ),
    Mutation(
        "rotation-keeps-keys",
        "20",
        "Until everything is sealed with the new key, the former keys are kept",
        "billingbot/bootstrap/rotation.py",
        (("        write_key_file(path, [key, *former])\n", "        write_key_file(path, [key])\n"),),
        ("tests/unit/bootstrap/test_rotation.py",),
    ),
)
