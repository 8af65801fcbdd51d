"""A letter over SMTP: plain text and, where asked for, HTML; the other files are attached."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime

from tradewatch.deliver.parcel import Parcel
from tradewatch.errors import DeliveryError
from tradewatch.fetch.wire import failure
from tradewatch.types import MailDelivery


def to_mail(delivery: MailDelivery, parcel: Parcel, patience: float) -> None:
    """Hand the letter to the mail server, which may take so many seconds for each answer. Raises DeliveryError."""
    letter = letter_of(delivery, parcel)
    try:
        with _connected(delivery, patience) as server:
            if delivery.user and delivery.password:
                server.login(delivery.user, delivery.password)
            server.send_message(letter)
    except smtplib.SMTPAuthenticationError as refused:  # its text may repeat what was sent
        raise DeliveryError(f"the mail server refuses the login ({refused.smtp_code})") from None
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        raise DeliveryError(f"the mail server refuses {delivery.to}: {_answer(code, words)}") from None
    except smtplib.SMTPResponseException as answered:
        raise DeliveryError(f"the mail server answered {_answer(answered.smtp_code, answered.smtp_error)}") from None
    except smtplib.SMTPServerDisconnected as gone:  # also where smtplib itself hung up because no answer came
        late = isinstance(gone.__context__, TimeoutError)
        raise DeliveryError(f"the mail server did not answer within {patience:g} s" if late else "the mail server hung up") from None
    except smtplib.SMTPException as wrong:
        raise DeliveryError(f"the mail server cannot be used: {wrong}") from None
    except UnicodeError:  # whose text would show the password
        raise DeliveryError("the login holds characters that a mail server does not take") from None
    except TimeoutError:
        raise DeliveryError(f"the mail server did not answer within {patience:g} s") from None
    except OSError as wrong:
        raise DeliveryError(f"{delivery.host}: {failure(wrong).reason}") from None


def letter_of(delivery: MailDelivery, parcel: Parcel) -> EmailMessage:
    """The letter to one reader; the same for every try."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = delivery.sender, delivery.to, parcel.subject
    letter["Date"] = format_datetime(parcel.at)
    letter["Message-ID"] = f"<{parcel.id}.{delivery.to.replace('@', '.at.')}@{delivery.sender.partition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(parcel.text)
    if parcel.html is not None:
        letter.add_alternative(parcel.html, subtype="html")
    for file in (one for one in parcel.files if not one.shown):
        main, _, sub = file.form.media_type.partition(";")[0].partition("/")
        letter.add_attachment(file.body(), maintype=main, subtype=sub, filename=file.name)
    return letter


def _connected(delivery: MailDelivery, patience: float) -> smtplib.SMTP:
    if delivery.security == "tls":
        return smtplib.SMTP_SSL(delivery.host, delivery.port, timeout=patience, context=ssl.create_default_context())
    server = smtplib.SMTP(delivery.host, delivery.port, timeout=patience)
    try:
        if delivery.security == "starttls":
            server.starttls(context=ssl.create_default_context())
    except BaseException:
        server.close()
        raise
    return server


def _answer(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())[:200]}"
