"""Everything the product knows: policy, filings, attainment, exports. Imports no Streamlit."""
