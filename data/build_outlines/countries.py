"""Which unit of Natural Earth belongs to which country here, what countries are called, and what is disputed."""

from __future__ import annotations

TO_ISO = {
    "SDS": "SSD",
    "KOS": "XKX",
    "SAH": "ESH",
    "PSX": "PSE",
    "ALD": "ALA",
    "SOL": "SOM",
    "CYN": "CYP",
    "KAB": "KAZ",
    "USG": "CUB",
}
"""Natural Earth's own codes, and the ISO 3166 code of the country that United Nations maps draw them in."""

LEFT_OUT = {
    "ATA": "Antarctica has no equal-area system of the kind used here",
    "KAS": "the Siachen glacier is in no country of ISO 3166",
    "PGA": "the Spratly Islands are in no country of ISO 3166",
    "ESB": "the sovereign base area of Dhekelia has no code of ISO 3166",
    "WSB": "the sovereign base area of Akrotiri has no code of ISO 3166",
    "CSI": "the Coral Sea Islands have no code of ISO 3166",
    "ATC": "Ashmore and Cartier have no code of ISO 3166",
    "CLP": "Clipperton has no code of ISO 3166",
    "UMI": "the outlying islands of the United States lie oceans apart",
    "IOA": "Natural Earth joins two territories under this code",
}
"""Units of Natural Earth that are in no file, and why."""

MOVED_UNITS = {"UA-43": "UKR", "UA-40": "UKR"}
"""Units that United Nations maps draw in another country than Natural Earth, which shows who controls them."""

SAHARA_NORTH = 27 + 40 / 60
"""Northern limit of Western Sahara [degrees], 27°40′ N; Natural Earth draws it along the berm."""

NAMES = {
    "BOL": ("Bolivia", "Bolivie"),
    "CAF": ("Central African Republic", "République centrafricaine"),
    "CIV": ("Côte d’Ivoire", "Côte d’Ivoire"),
    "COD": ("Democratic Republic of the Congo", "République démocratique du Congo"),
    "COG": ("Congo", "Congo"),
    "CPV": ("Cabo Verde", "Cabo Verde"),
    "CZE": ("Czechia", "Tchéquie"),
    "ESH": ("Western Sahara", "Sahara occidental"),
    "HKG": ("Hong Kong", "Hong Kong"),
    "MAC": ("Macao", "Macao"),
    "MMR": ("Myanmar", "Myanmar"),
    "PRK": ("Democratic People’s Republic of Korea", "République populaire démocratique de Corée"),
    "KOR": ("Republic of Korea", "République de Corée"),
    "PSE": ("State of Palestine", "État de Palestine"),
    "TLS": ("Timor-Leste", "Timor-Leste"),
    "TUR": ("Türkiye", "Türkiye"),
    "XKX": ("Kosovo", "Kosovo"),
}
"""Names as the United Nations write them, where the common ones of CLDR differ."""

OTHER_NAMES = {
    "CAF": ("CAR", "RCA", "Centrafrique"),
    "COD": ("DRC", "DR Congo", "RDC", "Congo-Kinshasa", "Congo (Kinshasa)", "Congo"),
    "COG": ("Congo-Brazzaville", "Republic of the Congo", "République du Congo"),
    "CIV": ("Ivory Coast", "Cote d'Ivoire"),
    "CPV": ("Cape Verde", "Cap-Vert"),
    "KOR": ("South Korea", "Corée du Sud", "Korea", "Corée"),
    "PRK": ("North Korea", "Corée du Nord", "Korea", "Corée"),
    "MMR": ("Burma", "Birmanie"),
    "PSE": ("Palestine", "Occupied Palestinian Territory", "Territoire palestinien occupé"),
    "SWZ": ("Swaziland",),
    "TLS": ("East Timor", "Timor oriental"),
    "TUR": ("Turkey", "Turquie"),
    "SDN": ("Soudan",),
    "SSD": ("Soudan du Sud", "S. Sudan"),
    "GIN": ("Guinea-Conakry", "Guinée-Conakry"),
    "GNB": ("Guinea Bissau",),
    "MKD": ("Macedonia", "Macédoine"),
    "USA": ("US", "United States of America", "États-Unis d'Amérique"),
    "GBR": ("UK", "Great Britain", "Grande-Bretagne"),
    "VNM": ("Viet Nam",),
    "LAO": ("Lao PDR",),
    "SYR": ("Syrian Arab Republic", "République arabe syrienne"),
    "TZA": ("United Republic of Tanzania",),
    "MDA": ("Republic of Moldova",),
    "IRN": ("Islamic Republic of Iran",),
    "XKX": ("XKO", "KOS"),
    "ESH": ("Sahara",),
}
"""What people may write besides: a name that several countries carry is asked about, not guessed."""

NOTES = {
    "SSD": (
        "Natural Earth draws Abyei in Sudan and the Ilemi triangle in Kenya, both outside its outline of South Sudan. The "
        "final status of Abyei is not yet determined; Ilemi and Kafia Kingi are disputed. Lines are approximate.",
        "Natural Earth dessine Abyei au Soudan et le triangle d’Ilemi au Kenya, tous deux hors de son contour du Soudan du "
        "Sud. Le statut final d’Abyei n’est pas encore déterminé ; Ilemi et Kafia Kingi sont contestés. Les tracés sont "
        "approximatifs.",
    ),
    "SDN": (
        "Natural Earth draws Abyei and Kafia Kingi inside its outline of Sudan, and Hala’ib outside, in Egypt. The final "
        "status of Abyei is not yet determined, the others are disputed. Bir Tawil is drawn in Sudan; no State claims it.",
        "Natural Earth dessine Abyei et Kafia Kingi dans son contour du Soudan, et Hala’ib en dehors, en Égypte. Le statut "
        "final d’Abyei n’est pas encore déterminé, les autres sont contestés. Bir Tawil est dessiné au Soudan ; aucun État "
        "ne le revendique.",
    ),
    "EGY": (
        "Hala’ib is drawn in Egypt, as Natural Earth has it; it is disputed with Sudan.",
        "Hala’ib est dessiné en Égypte, comme chez Natural Earth ; il est contesté avec le Soudan.",
    ),
    "KEN": (
        "Natural Earth draws the Ilemi triangle inside its outline of Kenya; it is disputed.",
        "Natural Earth dessine le triangle d’Ilemi dans son contour du Kenya ; il est contesté.",
    ),
    "ETH": (
        "Natural Earth draws the Ilemi triangle in Kenya; lines with Eritrea and Somalia are its own. They are disputed or "
        "not marked on the ground.",
        "Natural Earth dessine le triangle d’Ilemi au Kenya ; les tracés avec l’Érythrée et la Somalie sont les siens. Ils "
        "sont contestés ou non démarqués.",
    ),
    "ESH": (
        "Drawn south of 27°40′ N on both sides of the berm, as on United Nations maps; Natural Earth draws only the "
        "east. A Non-Self-Governing Territory. Units are those of Natural Earth, cut at that latitude.",
        "Dessiné au sud de 27°40′ N des deux côtés du mur de sable, comme sur les cartes de l’ONU ; Natural Earth n’en "
        "dessine que l’est. Territoire non autonome. Les unités sont celles de Natural Earth, coupées à cette latitude.",
    ),
    "MAR": (
        "Drawn north of 27°40′ N, as on United Nations maps; Natural Earth draws it farther south.",
        "Dessiné au nord de 27°40′ N, comme sur les cartes de l’ONU ; Natural Earth le dessine plus au sud.",
    ),
    "XKX": (
        "References to Kosovo are to be understood in the context of Security Council resolution 1244 (1999). XKX is "
        "no code of ISO 3166.",
        "Toute référence au Kosovo s’entend au sens de la résolution 1244 (1999) du Conseil de sécurité. XKX n’est pas "
        "un code de l’ISO 3166.",
    ),
    "SRB": (
        "Drawn without Kosovo, which stands by itself (Security Council resolution 1244 (1999)).",
        "Dessinée sans le Kosovo, qui figure à part (résolution 1244 (1999) du Conseil de sécurité).",
    ),
    "SOM": (
        "Somaliland is drawn as one unit of Somalia, as on United Nations maps; Natural Earth draws it apart.",
        "Le Somaliland est dessiné comme une unité de la Somalie, comme sur les cartes de l’ONU ; Natural Earth le "
        "dessine à part.",
    ),
    "CYP": (
        "The north is drawn as one unit of Cyprus, as on United Nations maps; Natural Earth draws it apart. The "
        "buffer zone is not drawn, the sovereign base areas are left out.",
        "Le nord est dessiné comme une unité de Chypre, comme sur les cartes de l’ONU ; Natural Earth le dessine à "
        "part. La zone tampon n’est pas dessinée, les zones de souveraineté britannique sont omises.",
    ),
    "ISR": (
        "The occupied Syrian Golan and Jerusalem are drawn as Natural Earth has them, by control; this is no position "
        "of the United Nations. Bring an outline of your own where it matters.",
        "Le Golan syrien occupé et Jérusalem sont dessinés comme chez Natural Earth, selon le contrôle ; ce n’est pas "
        "la position de l’ONU. Apportez votre propre contour là où cela compte.",
    ),
    "SYR": (
        "The occupied Syrian Golan is drawn outside, as Natural Earth has it, by control; this is no position of the "
        "United Nations. The area of separation is one unit. Bring an outline of your own where it matters.",
        "Le Golan syrien occupé est dessiné à l’extérieur, comme chez Natural Earth, selon le contrôle ; ce n’est pas "
        "la position de l’ONU. La zone de séparation est une unité. Apportez votre propre contour là où cela compte.",
    ),
    "LBN": (
        "The line with Israel is Natural Earth’s, not the Blue Line. Bring an outline of your own where it matters.",
        "Le tracé avec Israël est celui de Natural Earth, et non la Ligne bleue. Apportez votre propre contour là où "
        "cela compte.",
    ),
    "PSE": (
        "Lines are those of Natural Earth. Bring an outline of your own where it matters.",
        "Les tracés sont ceux de Natural Earth. Apportez votre propre contour là où cela compte.",
    ),
    "UKR": (
        "Crimea and Sevastopol are drawn in Ukraine (General Assembly resolution 68/262); Natural Earth draws them by "
        "control.",
        "La Crimée et Sébastopol sont dessinées en Ukraine (résolution 68/262 de l’Assemblée générale) ; Natural Earth "
        "les dessine selon le contrôle.",
    ),
    "RUS": (
        "Drawn without Crimea and Sevastopol (General Assembly resolution 68/262).",
        "Dessinée sans la Crimée ni Sébastopol (résolution 68/262 de l’Assemblée générale).",
    ),
    "IND": (
        "Jammu and Kashmir is drawn along the Line of Control, as Natural Earth has it; its final status has not been "
        "agreed. The Siachen glacier is left out.",
        "Le Jammu-et-Cachemire est dessiné le long de la Ligne de contrôle, comme chez Natural Earth ; son statut final "
        "n’a pas été agréé. Le glacier du Siachen est omis.",
    ),
    "PAK": (
        "Jammu and Kashmir is drawn along the Line of Control, as Natural Earth has it; its final status has not been "
        "agreed. The Siachen glacier is left out.",
        "Le Jammu-et-Cachemire est dessiné le long de la Ligne de contrôle, comme chez Natural Earth ; son statut final "
        "n’a pas été agréé. Le glacier du Siachen est omis.",
    ),
    "CHN": (
        "Aksai Chin is drawn in China, as Natural Earth has it, by control; it is disputed with India.",
        "L’Aksai Chin est dessiné en Chine, comme chez Natural Earth, selon le contrôle ; il est contesté avec l’Inde.",
    ),
    "TWN": (
        "The United Nations list it as Taiwan, Province of China.",
        "L’ONU l’inscrit comme Taiwan, province de Chine.",
    ),
    "FLK": (
        "A dispute exists between Argentina and the United Kingdom over sovereignty of the Falkland Islands (Malvinas).",
        "Il existe un différend entre l’Argentine et le Royaume-Uni sur la souveraineté des îles Falkland (Malvinas).",
    ),
    "KAZ": (
        "Baikonur, which Natural Earth draws apart, is one unit here.",
        "Baïkonour, que Natural Earth dessine à part, est ici une unité.",
    ),
    "CUB": (
        "Guantánamo Bay, which Natural Earth draws apart, is one unit here.",
        "La baie de Guantánamo, que Natural Earth dessine à part, est ici une unité.",
    ),
}
"""What is disputed about an outline, in English and French; it stands where the outline is chosen and used."""

DISPUTED = (
    ("Abyei", "Abyei", 28.44, 9.59),
    ("the Ilemi triangle", "le triangle d’Ilemi", 35.17, 4.82),
    ("Kafia Kingi", "Kafia Kingi", 24.42, 9.27),
    ("Hala’ib", "Hala’ib", 36.3, 22.25),
)
"""A point inside areas whose status is not settled [longitude, latitude], to tell on which side of an outline they lie."""
