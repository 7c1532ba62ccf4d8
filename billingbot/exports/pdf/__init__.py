"""How a table becomes pages: glyphs for every script, text that fits its cell, and the pages themselves."""
