"""Words that invented customer names are made of. Tables only; `names` puts them together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """How companies of one part of the world are called. `share` is their weight among all names.

    `patterns` use {surname}, {partner}, {place}, {trade}, {word} and {noun}. `public` are patterns of bodies that have
    no legal form.
    """

    share: int
    legal: tuple[str, ...]
    patterns: tuple[str, ...]
    surnames: tuple[str, ...]
    places: tuple[str, ...]
    trades: tuple[str, ...]
    words: tuple[str, ...] = ("",)
    nouns: tuple[str, ...] = ("",)
    public: tuple[str, ...] = ()


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", " ").split(","))


SURNAMES = _list("""
    Abbott, Alvarado, Amsel, Ashdown, Atwell, Baines, Ballard, Banerjee, Barlow, Beckford, Bellamy, Bigelow, Birch,
    Blackwood, Boateng, Bradwell, Brennan, Brightman, Calloway, Camacho, Carmody, Castellano, Chaudhry, Cheung,
    Claymore, Colbert, Corrigan, Crowther, Dalgleish, Dawlish, Delaney, Devereux, Donnelly, Drummond, Eastwood, Ellery,
    Escobar, Fairbanks, Farrow, Fennimore, Fitzgerald, Flanagan, Fontaine, Forsythe, Gallagher, Garrick, Gilchrist,
    Goddard, Grantham, Greenhalgh, Gutierrez, Hadley, Halloran, Hargreaves, Hathaway, Hennessy, Hollis, Horvath, Huxley,
    Ibarra, Ingram, Iyer, Jamison, Jephson, Kapoor, Keating, Kellerman, Kilbride, Kingsley, Kowalski, Lamont, Langford,
    Larkin, Lattimer, Lindqvist, Lockhart, Lowell, MacAllister, MacLeod, Maguire, Mahoney, Marchetti, Marlowe, Mayhew,
    McCready, McKinnon, Mendoza, Merriweather, Montague, Mulligan, Nakamura, Naylor, Nesbitt, Nguyen, Norcross, Oakley,
    O'Brien, O'Donoghue, O'Neill, Okafor, Osborne, Pappas, Paxton, Pemberton, Penhallow, Petrov, Prescott, Quigley,
    Quintero, Radcliffe, Rafferty, Ramaswamy, Redfern, Renshaw, Ridley, Rosenthal, Rutherford, Salazar, Sandoval,
    Sefton, Shaughnessy, Silveira, Sinclair, Stanhope, Stavros, Sutcliffe, Tallis, Tanaka, Thackeray, Thornbury,
    Tremaine, Underhill, Valdez, Vasquez, Venter, Wadsworth, Wainwright, Westbrook, Whitcombe, Wilkes, Winslow, Wolcott,
    Wyndham, Yardley, Zamora
""")

PLACES = _list("""
    Aberfoyle, Alder Creek, Ashbourne, Aspen Falls, Bayview, Beaumont, Belmont, Birchwood, Blackburn, Boulder Bay,
    Brentwood, Bridgeport, Brookhaven, Cedar Rapids, Chesterton, Clearwater, Clifton, Coldwater, Copper Canyon,
    Crestview, Dalhousie, Deer Park, Dunmore, Eastgate, Edgewater, Elk Grove, Elmhurst, Fairhaven, Falkirk, Foxborough,
    Glenrock, Grand Prairie, Greenfield, Halifax, Hampton, Harbor Point, Hawthorne, Hazelwood, Highland Park, Holyoke,
    Huntley, Inverness, Ironwood, Kensington, Kilkenny, Kingsport, Lakewood, Lancaster, Laurel Hill, Lexington,
    Limerick, Linden, Lone Pine, Magnolia, Maple Ridge, Marlborough, Meadowbrook, Millbrook, Montrose, Moss Landing,
    Newbury, Northfield, Oak Harbor, Oakdale, Orchard Hill, Oxford, Palmetto, Pine Bluff, Plymouth, Port Albert, Prairie
    View, Queensbury, Red Deer, Redwood, Richmond, Ridgefield, Riverton, Rockport, Rosedale, Salem, Sandhurst, Savannah,
    Shelby, Silver Lake, Somerset, Springfield, St. Albans, Stonebridge, Summit, Sunnyvale, Thornhill, Three Rivers,
    Torquay, Twin Falls, Valley Forge, Vernon, Wakefield, Waterford, Wellington, Westport, Whitby, Willow Creek,
    Winchester, Woodstock, Yarmouth
""")

TRADES = _list("""
    Accounting, Advertising, Air Conditioning, Animal Hospital, Architects, Asset Management, Auto Body, Bakery,
    Bookkeeping, Brewing, Builders, Building Supplies, Cabinetry, Capital Partners, Cardiology, Catering, Chiropractic,
    Civil Engineering, Coffee Roasters, Concrete, Construction, Consulting, Credit Union, Dental, Dental Care,
    Dermatology, Design Studio, Distribution, Drywall, Early Learning, Electrical Contractors, Electronics, Engineering,
    Environmental, Estate Agents, Event Rentals, Excavation, Family Dentistry, Family Medicine, Farms, Fencing,
    Financial Planning, Fire Protection, Fitness, Flooring, Foods, Foundation, Freight, Funeral Home, Garage Doors,
    Glass & Glazing, Golf Club, Heating & Cooling, Holdings, Home Care, Hospitality, HVAC, Insulation, Insurance,
    Insurance Brokers, Interiors, Investments, Irrigation, Jewelers, Joinery, Kitchens, Laboratories, Land Surveying,
    Landscaping, Law, Legal Services, Logistics, Machine Works, Manufacturing, Marine Services, Marketing, Mechanical,
    Media, Millwork, Mortgage, Moving & Storage, Nurseries, Opticians, Orthodontics, Orthopedics, Packaging, Painting,
    Pediatrics, Pest Control, Pharmacy, Physical Therapy, Plastics, Plumbing, Precision Tooling, Printing, Property
    Management, Psychology Group, Real Estate, Recruitment, Recycling, Restaurants, Roofing, Security, Senior Living,
    Sheet Metal, Software, Solar, Staffing, Steel, Surveyors, Tax Advisors, Title Company, Transport, Travel, Tree Care,
    Trucking, Veterinary, Veterinary Clinic, Waste Services, Water Treatment, Wealth Management, Welding, Wholesale,
    Window Cleaning, Winery, Woodworks
""")

WORDS = _list("""
    Amber, Apex, Arrow, Aurora, Beacon, Black, Blue, Bold, Bright, Cardinal, Clear, Cobalt, Copper, Coral, Crimson,
    Crystal, Eagle, Ember, Ever, Falcon, First, Fox, Frontier, Golden, Granite, Green, Harbor, Hawk, High, Horizon,
    Indigo, Iron, Ivory, Jade, Keystone, Kestrel, Lake, Liberty, Lion, Lunar, Maple, Metro, Mountain, Noble, North,
    Nova, Oak, Ocean, Orchid, Osprey, Pacific, Pine, Pioneer, Polar, Prime, Quartz, Raven, Red, River, Royal, Sage,
    Sapphire, Silver, Sky, Solid, Stone, Summit, Sun, Swift, Terra, Timber, True, Union, Vertex, Violet, West, White,
    Wild, Willow, Zephyr
""")

NOUNS = _list("""
    Anchor, Arch, Bay, Bear, Branch, Bridge, Brook, Cliff, Compass, Crane, Creek, Crest, Dale, Field, Fin, Forge, Gate,
    Glen, Grove, Harvest, Haven, Heron, Hill, Hive, Island, Key, Lantern, Leaf, Line, Mark, Meadow, Mesa, Mill, Oak,
    Orbit, Path, Peak, Point, Port, Range, Reach, Ridge, Rock, Root, Shield, Shore, Spring, Star, Stone, Summit, Tide,
    Tower, Trail, Tree, Vale, View, Water, Wave, Way, Well, Wing, Wood, Works, Yard
""")

_ENGLISH = (
    "{surname} {trade}",
    "{surname} & {partner} {trade}",
    "{surname}, {partner} & Associates",
    "{place} {trade}",
    "{trade} of {place}",
    "{word} {noun} {trade}",
    "{word}{noun} {trade}",
    "{word} {noun} {trade}",
    "{place} {word} {trade}",
    "The {word} {noun} Company",
    "{surname} Brothers {trade}",
    "{surname}'s {trade}",
    "{place} Medical Associates",
    "{place} Community {trade}",
    "{surname} {noun} {trade}",
    "{surname} International {trade}",
)

ENGLISH_US = Tongue(
    46,
    ("Inc", "Inc.", "LLC", "L.L.C.", "Corp", "Corporation", "Incorporated", "Co.", "PLLC", "LLP"),
    (*_ENGLISH, "Dr. {surname} {trade}", "{surname} Law Group"),
    SURNAMES,
    PLACES,
    TRADES,
    WORDS,
    NOUNS,
    ("City of {place}", "{place} Unified School District", "{place} Public Library", "{place} County Sheriff's Office"),
)
ENGLISH_UK = Tongue(
    26,
    ("Ltd", "Ltd.", "Limited", "LLP", "PLC"),
    (*_ENGLISH, "{surname} & Sons {trade}"),
    SURNAMES,
    PLACES,
    TRADES,
    WORDS,
    NOUNS,
    ("{place} Parish Council", "St {surname}'s Primary School", "The {surname} Foundation", "{place} Rugby Club"),
)
ENGLISH_AU = Tongue(10, ("Pty Ltd", "Pty. Ltd.", "Pty Limited"), _ENGLISH, SURNAMES, PLACES, TRADES, WORDS, NOUNS)

GERMAN = Tongue(
    6,
    ("GmbH", "GmbH & Co. KG", "AG", "e.K.", "UG (haftungsbeschränkt)"),
    ("{surname} {trade}", "{surname} & {partner} {trade}", "{trade} {surname} {place}", "{trade} {place}"),
    _list("""
    Bäcker, Böhm, Brückner, Döring, Fröhlich, Größmann, Günther, Hübner, Jäger, Köhler, Krämer, Löffler, Müller,
    Neumann, Pfeiffer, Richter, Röder, Schäfer, Schröder, Strauß, Vogt, Wächter, Weiß, Ziegler
"""),
    _list("""
    Altenburg, Bad Tölz, Detmold, Eschwege, Füssen, Göttingen, Husum, Jülich, Köln, Lüneburg, München, Neuss, Passau,
    Rügen, Soest, Tübingen, Würzburg, Zwickau
"""),
    _list("""
    Anlagenbau, Bauunternehmung, Dachdeckerei, Elektrotechnik, Fensterbau, Gebäudereinigung, Haustechnik, Immobilien,
    Kältetechnik, Logistik, Maschinenbau, Metallbau, Möbelhaus, Sanitär, Schreinerei, Spedition, Steuerberatung,
    Straßenbau, Versicherungsmakler, Werkzeugbau, Zahnärzte
"""),
)
FRENCH = Tongue(
    5,
    ("SARL", "S.A.R.L.", "SAS", "SA"),
    ("{trade} {surname}", "{trade} {surname} et {partner}", "{trade} de {place}", "{surname} {partner} {trade}"),
    _list("""
    Aubé, Beauséjour, Bélanger, Côté, Deschênes, Émond, Fréchette, Gagné, Hébert, Jolicœur, Lafrenière, Lévesque,
    Ménard, Noël, Pélissier, Quéré, Renaudière, Séguin, Thériault, Vézina
"""),
    _list("""
    Angoulême, Besançon, Béziers, Châteauroux, Évreux, Gaspé, La Rochelle, Montréal, Nîmes, Orléans, Québec, Rimouski,
    Saint-Étienne, Sète, Trois-Rivières, Valence
"""),
    _list("""
    Assurances, Boulangerie, Cabinet Comptable, Charpente, Clinique Vétérinaire, Électricité, Étude Notariale,
    Fromagerie, Garage, Imprimerie, Maçonnerie, Menuiserie, Peinture, Pharmacie, Plomberie, Société Générale de Béton,
    Transports, Vignobles
"""),
)
SPANISH = Tongue(
    4,
    ("S.L.", "SL", "S.A.", "S.A. de C.V."),
    ("{trade} {surname}", "{trade} {surname} y {partner}", "{trade} de {place}", "{surname} e Hijos {trade}"),
    _list("""
    Álvarez, Benítez, Cárdenas, Domínguez, Echeverría, Fernández, Gómez, Ibáñez, Jiménez, López, Márquez, Muñoz, Núñez,
    Ordóñez, Peña, Quiñones, Ramírez, Sánchez, Téllez, Zúñiga
"""),
    _list("""
    Alcalá, Cáceres, Córdoba, Gijón, Jaén, León, Mérida, Monterrey, Querétaro, Málaga, San Sebastián, Torreón, Zacatecas
"""),
    _list("""
    Abogados, Alimentación, Asesoría, Bodegas, Carpintería, Clínica Dental, Construcciones, Distribuciones, Farmacia,
    Ferretería, Imprenta, Inmobiliaria, Jardinería, Panadería, Talleres, Transportes
"""),
)
NORDIC = Tongue(
    3,
    ("AB", "Aktiebolag", "ApS", "A/S", "AS", "Oy"),
    ("{surname} {trade}", "{trade} i {place}", "{surname} & {partner} {trade}"),
    _list("""
    Ångström, Åkesson, Björk, Bæk, Dahlgren, Ekström, Grønning, Hägglund, Jørgensen, Kjær, Lindström, Mäkinen, Nyström,
    Ødegård, Söderberg, Sørensen, Virtanen, Wåhlin
"""),
    _list("""
    Aarhus, Ålesund, Bodø, Göteborg, Jönköping, Køge, Malmö, Odense, Örebro, Tromsø, Växjö, Västerås
"""),
    _list("""
    Bygg, Bygg och Måleri, Ejendomme, Elektriska, Fiskeri, Fastigheter, Golv, Kylteknik, Mekaniska Verkstad, Möbler,
    Optik, Redovisning, Rør, Snickeri, Tandlæge, Transport
"""),
)
DUTCH = Tongue(
    2,
    ("B.V.", "BV", "N.V."),
    ("{surname} {trade}", "{trade} {surname} en Zonen", "{trade} {place}"),
    _list("""
    de Boer, van den Berg, Dijkstra, Hoekstra, Jansen, Koster, van Leeuwen, Meijer, Prins, Smit, Verhoeven, Visser,
    Zijlstra
"""),
    _list("""
    Alkmaar, Breda, Delft, Ede, Gouda, Hengelo, Leeuwarden, Roermond, Sneek, Tilburg, Zwolle
"""),
    _list("""
    Administratiekantoor, Bouwbedrijf, Bloemen, Fietsen, Installatietechniek, Makelaardij, Notarissen, Schilderwerken,
    Slagerij, Tandartsen, Transport, Verzekeringen
"""),
)

TONGUES = (ENGLISH_US, ENGLISH_UK, ENGLISH_AU, GERMAN, FRENCH, SPANISH, NORDIC, DUTCH)
