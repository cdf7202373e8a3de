"""Everything the product knows: policy, filings, attainment, exports. Imports no Streamlit."""

# What every export names beside the rules; CHANGELOG.md says what each release changes in meaning.
RELEASE = "1.1.0"
