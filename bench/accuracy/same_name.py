"""When two names are the same name, for the judge: it must not depend on the code that it judges."""

import re
import unicodedata

_SPELLINGS = {"limited": "ltd", "incorporated": "inc", "corporation": "corp", "company": "co", "companies": "co"}
_DELETED = re.compile(r"['’‘ʼ`´]|(?<=\b\w)\.(?=\w\b)")  # apostrophes, and the dots inside of initials
_WORD = re.compile(r"\w+")


def full_name(name: str) -> str:
    """Return the name in lower case without accents, punctuation and article, its legal form kept and spelled one way.

    A company that was registered again has two ids and one full name: a name matcher cannot know which is meant.

    >>> full_name("The Ash & Óak Company, Limited"), full_name("A.B.C. Corp."), full_name("???")
    ('ash and oak co ltd', 'abc corp', '')
    """
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    text = "".join(character for character in text if not unicodedata.combining(character))
    text = _DELETED.sub("", text).replace("&", " and ").replace("+", " and ")
    return " ".join(_SPELLINGS.get(word, word) for word in _WORD.findall(text) if word != "the")
