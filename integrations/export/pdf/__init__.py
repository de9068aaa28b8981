"""Documents as PDF: laid out by ReportLab, every font in the file."""

from integrations.export.pdf.document import to_pdf

__all__ = ["to_pdf"]
