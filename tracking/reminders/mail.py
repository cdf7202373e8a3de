"""A message by SMTP."""

import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from tracking.reminders.channels import Mail
from tracking.reminders.digest import Message
from tracking.reminders.undelivered import Undelivered

SECONDS = 15
# What a mail may be long.
MOST = 60_000


def send(server: Mail, to: str, message: Message, name: str) -> None:
    """Send a message to an address; `name` is what mail programs know it by that see it twice. Raises Undelivered."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = server.sender, to, message.subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = f"<{name}@{server.sender.rpartition('@')[2].rstrip('>')}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    try:
        with _connected(server) as connection:
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(mail, from_addr=server.sender, to_addrs=[to])
    except smtplib.SMTPRecipientsRefused as error:
        codes = {str(code) for code, _ in error.recipients.values()}
        raise Undelivered(f"recipient refused {' '.join(sorted(codes))}") from error
    except smtplib.SMTPResponseException as error:
        # What the server says besides may name people.
        raise Undelivered(f"{type(error).__name__} {error.smtp_code}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise Undelivered(type(error).__name__, down=True) from error


def _connected(server: Mail) -> smtplib.SMTP:
    safe = ssl.create_default_context()
    if server.security == "ssl":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=safe)
    connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    if server.security == "starttls":
        try:
            connection.starttls(context=safe)
        except (smtplib.SMTPException, OSError):
            connection.close()
            raise
    return connection
