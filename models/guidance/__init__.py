"""Guidance that knows where one is: what is missing, what to write next, what a gate asks for.

Pure rules over a document; what they say is data in ``resources/guidance``. Nothing here blocks.
"""
