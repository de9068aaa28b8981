"""Pictures of every screen: ``python -m app.ui.shots --out build/shots``.

Opens a temporary sample library offscreen, so nothing of the user's is touched.
"""
