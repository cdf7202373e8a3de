"""People who file and read for some minutes while processes are killed: `make soak`.

ground     a programme, its people, and what they will file
servers    dashboards that are started, killed and started again
tab        a browser's tab without a browser: the sign-in form, Streamlit's own socket, uploads
people     an operator who drafts, mends, files and corrects; a reader who clicks
findings   whether all of it is there, once, and as if it had been filed one by one
"""
