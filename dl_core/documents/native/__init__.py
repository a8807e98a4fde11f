"""The parts of a chart that PowerPoint draws itself; `dl_core.documents.native_chart` puts them together."""
