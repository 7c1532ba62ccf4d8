"""Legal forms of companies, worldwide: what may end a name without saying whose it is.

Spelled as a name is left after folding (see `name`): small letters, no accents, no dots (S.A. is sa).
Only forms that end a name are here, and only those that are hardly ever anything else there. Losing a word that carries
the name is worse than keeping a form, so these are left alone:

- words: private, proprietary, unlimited, partnership, association, trust, group, holdings, services, foundation;
- forms that are also something else: SE (a compass point), SpA (Riverside Spa), PA, CA, ME, KY, SC and AE (places), EV
  and EU, CC (a college), PT (a therapist), GP (a doctor), BT, NA, NL, AD, CV, and surnames such as Ek and Vos;
- forms in front of a name: ООО, PT, Công ty TNHH, 株式会社, 주식회사; and the Thai and Arabic ones.

CO, NV and AB are here although they are Colorado, Nevada and Alberta too: at the end of a company's name the form is
far more frequent.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

_TABLE = """
English
    ltd: limited
    plc: public limited company, public limited co, public ltd company, public ltd co, p l c
    inc: incorporated, incorporation
    corp: corporation
    co: company, companies
    llc: limited liability company, limited liability co, ltd liability company, ltd liability co, l l c
    pllc: professional limited liability company, p l l c
    pc: professional corporation
    lp: limited partnership, l p
    llp: limited liability partnership, l l p
    lllp: limited liability limited partnership, l l l p
    cic: community interest company
    cio: charitable incorporated organisation, charitable incorporated organization
    scio: scottish charitable incorporated organisation
    clg: company limited by guarantee
    dac: designated activity company
    ulc: unlimited liability company
    pty: pty ltd, pty limited, proprietary limited, proprietary ltd, p l
    pte: pte ltd, pte limited
    pvt: pvt ltd, pvt limited, private limited, private ltd
Welsh, Irish
    cyf: cyfyngedig
    teo: teoranta
German
    gmbh: gesellschaft mit beschrankter haftung, gesellschaft mit beschraenkter haftung
    gmbh: gesellschaft mbh, ges mbh, gesmbh, g m b h
    ggmbh: gemeinnutzige gmbh, gemeinnuetzige gmbh
    ug: unternehmergesellschaft, ug haftungsbeschrankt, ug haftungsbeschraenkt
    ug: unternehmergesellschaft haftungsbeschrankt, unternehmergesellschaft haftungsbeschraenkt
    ag: aktiengesellschaft
    kg: kommanditgesellschaft
    co: und co
    kgaa: kommanditgesellschaft auf aktien
    ohg: offene handelsgesellschaft
    gbr: gesellschaft burgerlichen rechts, gesellschaft buergerlichen rechts
    partg: partnerschaftsgesellschaft, partg mbb, partgmbb, partnerschaftsgesellschaft mbb
    eg: eingetragene genossenschaft
French
    sa: societe anonyme, s a
    sarl: societe a responsabilite limitee, sa rl, s a r l
    sas: societe par actions simplifiee, s a s
    sasu: societe par actions simplifiee unipersonnelle
    eurl: entreprise unipersonnelle a responsabilite limitee
    snc: societe en nom collectif
    selarl: societe dexercice liberal a responsabilite limitee
    ltee: limitee
    sencrl: s e n c r l
Dutch, Flemish
    bv: besloten vennootschap
    nv: naamloze vennootschap
    vof: vennootschap onder firma
    bvba: besloten vennootschap met beperkte aansprakelijkheid
    sprl: societe privee a responsabilite limitee
    cvba: cooperatieve vennootschap met beperkte aansprakelijkheid
    vzw: vereniging zonder winstoogmerk
    asbl: association sans but lucratif
Italian
    srl: societa a responsabilita limitata, s r l
    srls: societa a responsabilita limitata semplificata
    snc: societa in nome collettivo, s n c
    sas: societa in accomandita semplice
    sapa: societa in accomandita per azioni
    scarl: societa consortile a responsabilita limitata
Spanish, Portuguese
    sl: sociedad limitada, s l
    slu: sociedad limitada unipersonal, s l u
    sll: sociedad limitada laboral
    sa: sociedad anonima, sociedade anonima
    sau: sociedad anonima unipersonal
    srl: sociedad de responsabilidad limitada
    sa de cv: sociedad anonima de capital variable, s a de c v
    sab de cv: sociedad anonima bursatil de capital variable, s a b de c v
    sapi de cv: sociedad anonima promotora de inversion de capital variable, s a p i de c v
    s de rl de cv: sociedad de responsabilidad limitada de capital variable, s de r l de c v
    s de rl: s de r l
    eirl: empresa individual de responsabilidad limitada
    ltda: lda, limitada
    eireli: empresa individual de responsabilidade limitada
    sgps: sociedade gestora de participacoes sociais
Danish, Swedish, Norwegian, Finnish, Icelandic
    aps: anpartsselskab
    as: aktieselskab, aksjeselskap, a s
    asa: allmennaksjeselskap
    ivs: ivaerksaetterselskab
    ab: aktiebolag, aktiebolaget, ab publ, aktiebolag publ
    oy: osakeyhtio
    oyj: julkinen osakeyhtio
    ehf: einkahlutafelag
Polish
    sp z oo: spolka z ograniczona odpowiedzialnoscia, spolka z oo, sp zoo, spzoo, sp z o o
    sp j: spolka jawna
    sp k: spolka komandytowa
    sa: spolka akcyjna
Czech, Slovak, Hungarian, Romanian
    sro: spolecnost s rucenim omezenym, spolocnost s rucenim obmedzenym, spol s r o, spol sro, s r o
    as: akciova spolecnost, akciova spolocnost
    kft: korlatolt felelossegu tarsasag
    zrt: zartkoruen mukodo reszvenytarsasag
    nyrt: nyilvanosan mukodo reszvenytarsasag
    srl: societate cu raspundere limitata
Slovene, Croatian, Serbian, Macedonian, Bulgarian, Albanian
    doo: d o o, druzba z omejeno odgovornostjo, drustvo s ogranicenom odgovornoscu
    dooel: drustvo so ogranicena odgovornost
    jdoo: jednostavno drustvo s ogranicenom odgovornoscu
    ood: оод
    eood: еоод
    shpk: sh p k
Estonian, Latvian, Lithuanian
    ou: osauhing
    as: aktsiaselts, akciju sabiedriba
    sia: sabiedriba ar ierobezotu atbildibu
    uab: uzdaroji akcine bendrove
Russian, Ukrainian
    ooo: ооо, общество с ограниченной ответственностью
    ao: ао, акционерное общество
    pao: пао, публичное акционерное общество
    zao: зао, закрытое акционерное общество
    oao: оао, открытое акционерное общество
    tov: тов, товариство з обмеженою відповідальністю
    jsc: joint stock company
    pjsc: public joint stock company
    ojsc: open joint stock company
    cjsc: closed joint stock company
Greek, Turkish, Hebrew
    αε: ανωνυμη εταιρεια
    επε: εταιρεια περιορισμενησ ευθυνησ
    ικε: ιδιωτικη κεφαλαιουχικη εταιρεια
    as: anonim sirketi
    ltd: ltd sti, limited sirketi
    ltd: בע מ, בעמ
Gulf
    fze: free zone establishment
    fzco: free zone company
    fz llc: fzllc
    wll: with limited liability, w l l
Asian
    sdn bhd: sendirian berhad
    bhd: berhad
    tbk: persero tbk
    pcl: public company limited
    kk: kabushiki kaisha, kabushiki gaisha, kabushikigaisha
    yk: yugen kaisha, yugen gaisha
"""

# What ends the last word itself in scripts without spaces; a longer ending stands before those it contains.
_ENDINGS = MappingProxyType(
    {
        "株式会社": "kk",
        "有限会社": "yk",
        "股份有限公司": "股份有限公司",
        "有限责任公司": "有限公司",
        "有限責任公司": "有限公司",
        "有限公司": "有限公司",
    }
)


def spellings() -> Iterator[tuple[str, str]]:
    """Yield every spelling, as words joined by one space, with the form that it spells."""
    for line in _TABLE.splitlines():
        form, colon, others = line.strip().partition(": ")
        if colon:
            yield form, form
            yield from ((other, form) for other in others.split(", "))
    yield from _ENDINGS.items()


def take_form(words: list[str]) -> str | None:
    """Take the legal form off the end of a name's words and return what it is called; None where there is none.

    The longest spelling is taken, and something is always left.

    >>> words = "brightwater private limited".split()
    >>> take_form(words), words
    ('pvt', ['brightwater'])
    """
    for spelling, form in _BY_LAST_WORD.get(words[-1], ()):
        if len(spelling) < len(words) and words[-len(spelling) :] == spelling:
            del words[-len(spelling) :]
            return form
    if words[-1].isascii():
        return None
    for ending, form in _ENDINGS.items():
        if words[-1].endswith(ending) and words[-1] != ending:
            words[-1] = words[-1].removesuffix(ending)
            return form
    return None


def _by_last_word() -> Mapping[str, tuple[tuple[list[str], str], ...]]:
    """Return the spellings with their forms under the word they end with, those of most words first."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for spelling, form in spellings():
        found[spelling.split()[-1]].add((spelling, form))
    return MappingProxyType(
        {
            last: tuple(
                (spelling.split(), form) for spelling, form in sorted(pairs, key=lambda pair: -pair[0].count(" "))
            )
            for last, pairs in found.items()
        }
    )


_BY_LAST_WORD = _by_last_word()
