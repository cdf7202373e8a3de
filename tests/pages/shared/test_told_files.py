"""Who writes the address of another's file into a page is not led to it by that."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.shared import told_files

ADDRESS = "/media/0123abcd.csv"


def test_a_page_is_led_to_the_files_of_its_buttons_and_to_none_that_its_words_name() -> None:
    button, later, icon, field, text, link = (ForwardMsg() for _ in range(6))
    button.delta.new_element.download_button.url = ADDRESS
    # A letter follows the address in the message: the tag of how the button looks.
    button.delta.new_element.download_button.type = "primary"
    later.backend_operation_response.deferred_file.url = f"/below{ADDRESS}"
    icon.page_config_changed.favicon = ADDRESS
    for each in (button, later, icon):
        assert told_files.names(each.SerializeToString()) == ["0123abcd.csv"]
    field.delta.new_element.text_input.default = ADDRESS
    text.delta.new_element.markdown.body = f"{ADDRESS} ({ADDRESS})"
    link.delta.new_element.download_button.label = ADDRESS
    for each in (field, text, link):
        assert told_files.names(each.SerializeToString()) == []
