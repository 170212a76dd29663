"""Language: what the tool says, in English and French, and how each writes numbers and dates."""

from footprint.language.language import CATALOGUES as CATALOGUES
from footprint.language.language import LANGUAGES as LANGUAGES
from footprint.language.language import Language as Language
from footprint.language.language import msgid as msgid
