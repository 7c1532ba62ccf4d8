"""Names that break software, as real lists have them: client, and the company's spelling if there is a company."""

LONG = (
    "The Worshipful Benevolent and Charitable Association of Retired Lighthouse Keepers, Harbour Pilots, Ferrymen, "
    "Net Menders and Allied Coastal Trades of the Northern Isles and Adjacent Territories (Founded 1871) Trust"
)

ODDITIES: tuple[tuple[str, str | None], ...] = (
    ('=HYPERLINK("http://x","y")', '=HYPERLINK("http://x","y")'),
    ("=cmd|' /C calc'!A0", None),
    ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    ("+1 Dental & Implants", "+1 Dental and Implants"),
    ("@Home Senior Care", "@Home Senior Care LLC"),
    ("-20 Cold Storage Ltd", "-20 Cold Storage Limited"),
    ("🦷 Bright Smiles Dental 🦷", "Bright Smiles Dental"),
    ("Café ☕ Solène", "Cafe Solene"),
    ("שמש תוכנה בע״מ", 'שמש תוכנה בע"מ'),
    ("مؤسسة النور التجارية", "مؤسسة النور التجارية"),
    ("株式会社さくら物流", "株式会社さくら物流"),
    ("ООО «Северный Маяк»", "ООО Северный Маяк"),
    (LONG, LONG.upper()),
    ("0633 - Citizens Plains Bank", "Citizens Plains Bank"),
    ("Harrow & Vale Solicitors", "0412 - Harrow and Vale Solicitors"),
    ("Null & Void Escape Rooms, Inc.", "Null & Void Escape Rooms Inc"),
    ('O\'Malley "Mal" Plumbing; DROP TABLE clients', "O'Malley 'Mal' Plumbing"),
    ("Blue  Sky   Cabling ", "BlueSky Cabling"),
    ("3M4U Mailroom", "3M4U Mailroom"),
    ("A", None),
)
