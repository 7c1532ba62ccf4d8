"""What others have built for this, to stand beside `billingbot.matching.match`; imported only for who asks for it.

Neither is a requirement, not even of development: string_grouper asks for pandas < 3, though it runs on 3.1, and
nomenklatura brings dozens of packages and builds PyICU. A virtual environment apart is the place for them.
"""

import importlib
from types import ModuleType

import pandas as pd
from rapidfuzz import fuzz

from bench.accuracy.labelled import ListSet
from bench.accuracy.simple_rules import Rules, alike, keys

_INSTALL = {
    "string_grouper": "pip install loguru scikit-learn scipy sp-matmul-rs sparse-dot-topn"
    " && pip install --no-deps string_grouper==0.8.0",
    "nomenklatura": "pip install nomenklatura==4.1.10   (needs the headers of ICU, Debian's libicu-dev)",
}
# logic-v2 takes some 0.2 ms a pair, so it is asked only about pairs that are alike at all.
_WORTH_ASKING = 70


class NotInstalledError(Exception):
    """Says what to type."""


def ready_made(name: str) -> Rules:
    """Return the rules of a library.

    Raises:
        NotInstalledError: it is not there, or not known here.
    """
    if name == "string_grouper":
        return _string_grouper(_library(name, "string_grouper"))
    if name == "nomenklatura":
        return _nomenklatura(_library(name, "nomenklatura.matching"), _library(name, "followthemoney"))
    raise NotInstalledError(f"{name} is none of {', '.join(_INSTALL)}")


def _string_grouper(library: ModuleType) -> Rules:
    def rules(labelled: ListSet) -> dict[str, pd.DataFrame]:
        """Return the pairs whose 3-gram cosine is at least 0.8, of the names as given: it folds them in its own way."""
        found = library.match_strings(
            labelled.companies["name"],
            labelled.clients["name"],
            master_id=labelled.companies["company_id"],
            duplicates_id=labelled.clients["client_id"],
            min_similarity=0.8,
        )
        columns = {"right_client_id": "client_id", "left_company_id": "company_id", "similarity": "score"}
        return {"string_grouper >= 0.8": found[list(columns)].rename(columns=columns)}

    return rules


def _nomenklatura(matching: ModuleType, followthemoney: ModuleType) -> Rules:
    settings = matching.ScoringConfig.defaults()

    def company(number: str, name: str) -> object:
        entity = followthemoney.model.make_entity("Company")
        entity.id = number
        entity.add("name", name)
        return entity

    def rules(labelled: ListSet) -> dict[str, pd.DataFrame]:
        """Return the pairs that logic-v2 scores at least 0.7, and at least 0.9, of those whose keys are 70 alike."""
        pairs = alike(labelled, keys, fuzz.ratio, _WORTH_ASKING)
        # It remembers scores by the ids of both, over all sets of a run: each name needs an id of its own.
        clients = {
            client_id: company(f"{labelled.name} client {client_id}", name)
            for client_id, name in zip(labelled.clients["client_id"], labelled.clients["name"], strict=True)
        }
        companies = {
            company_id: company(f"{labelled.name} company {company_id}", name)
            for company_id, name in zip(labelled.companies["company_id"], labelled.companies["name"], strict=True)
        }
        asked = zip(pairs["client_id"], pairs["company_id"], strict=True)
        scores = [matching.LogicV2.compare(clients[one], companies[other], settings).score for one, other in asked]
        scored = pairs.assign(score=scores)
        return {f"nomenklatura logic-v2 >= {cut}": scored[scored["score"] >= cut] for cut in (0.7, 0.9)}

    return rules


def _library(name: str, module: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise NotInstalledError(f"{name} cannot be imported ({error}). Try: {_INSTALL[name]}") from error
