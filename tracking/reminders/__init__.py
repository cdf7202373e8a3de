"""Telling people by mail and in their groups what their inbox has: each thing once, and only who is still concerned.

channels   where messages may go, as a file of settings says; nothing without it
digest     one message about several events, in the receiver's language
outbox     what was claimed, sent and not sent, so that nothing goes twice and nothing is lost
mail       a message by SMTP
robots     a message into a group of WeCom or DingTalk
receivers  who is told where
run        everything that is due to be said, once
"""
