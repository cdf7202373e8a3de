"""The parts of the page of the policy.

edition  an edition that is uploaded: what it would change, and the button that puts it in force
"""
