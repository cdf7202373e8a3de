"""Space: the story of one space over its whole period."""

import streamlit as st

st.write(st.query_params.to_dict())
