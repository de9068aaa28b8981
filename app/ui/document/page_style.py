"""The look of a post-mortem's page in the little CSS that ``QTextDocument`` knows."""

from app.ui.theme import Theme


def page_style(theme: Theme, scale: float) -> str:
    """The style sheet in a theme at a text size (1.0 is 100 %); the body's size is the font's.

    Qt sizes ``h1`` to ``h6`` only by words: "medium" is the size of the text, "large" 1.2 of it.
    """

    def px(size: float) -> str:
        return f"{round(size * scale)}px"

    t = theme
    return f"""
body {{ color: {t.text}; }}
p {{ margin: 0 0 {px(6)} 0; line-height: 140%; }}
div {{ line-height: 140%; }}
h2, h3, h4, h5, h6 {{ font-size: medium; font-weight: 600; margin: {px(10)} 0 {px(3)} 0;
 line-height: 140%; }}
h2 {{ margin: {px(16)} 0 {px(6)} 0; }}
h2.incident {{ font-size: large; margin: {px(22)} 0 0 0; }}
h3 {{ color: {t.text2}; }}
li {{ margin: 0 0 {px(3)} 0; line-height: 140%; }}
a {{ color: {t.accent}; }}
img {{ max-width: 100%; }}
td img {{ max-width: 45%; }}
code, pre {{ font-size: {px(12)}; background-color: {t.sunken}; }}
pre {{ white-space: pre-wrap; }}
blockquote {{ color: {t.text2}; margin: 0 0 {px(6)} {px(16)}; }}
table {{ border-collapse: collapse; margin: {px(4)} 0 {px(8)} 0; }}
th, td {{ border: 1px solid {t.border2}; padding: {px(4)} {px(8)}; vertical-align: top;
 line-height: 140%; }}
th {{ text-align: left; font-weight: 600; }}
table.facts {{ margin: 0 0 {px(4)} 0; }}
table.facts td, table.facts th {{ border: none; padding: {px(3)} {px(12)} {px(3)} 0; }}
table.facts th {{ color: {t.text3}; font-size: {px(11)}; }}
.quiet, .kind {{ color: {t.text2}; font-size: {px(12)}; }}
.time {{ color: {t.text2}; font-size: {px(12)}; font-weight: 600; }}
.time, .kind {{ white-space: nowrap; }}
.day {{ color: {t.text3}; font-size: {px(11)}; font-weight: 600; }}
.why {{ margin: {px(6)} 0 0 {px(20)}; }}
.and {{ color: {t.accent}; font-size: {px(12)}; font-weight: 600; }}
.open {{ color: {t.amber.text}; font-size: {px(12)}; }}
.done {{ color: {t.green.text}; font-size: {px(12)}; }}
"""
