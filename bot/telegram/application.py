"""Wiring: a bot, its handlers, and how it starts and stops.

Telegram is connected and the models are loaded side by side. A stop ends the polling, lets running answers
finish, and gives up on what is not finished after ``STOP_S``.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from functools import partial
from typing import Any

from telegram import (
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    LinkPreviewOptions,
)
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, Defaults
from telegram.request import BaseRequest

from bot.chat import Answering, texts
from bot.errors import BotError, StateError
from bot.settings import TELEGRAM, BotSettings
from bot.store import Database
from bot.telegram.admission import Admission
from bot.telegram.delivery.backoff import back_off, unless
from bot.telegram.delivery.clock import TelegramClock
from bot.telegram.delivery.pacing import Pacer
from bot.telegram.delivery.request import SturdyRequest
from bot.telegram.handlers import COMMANDS, handlers
from bot.telegram.handlers.unhandled import on_error
from bot.telegram.polling import PatientBot, poll
from bot.telegram.recovery import recover
from bot.telegram.retention import remove_left
from bot.telegram.services import Services
from bot.telegram.updates import OrderedUpdates
from index.documents.web.fetcher import Fetcher

log = logging.getLogger("bot")

DAY_S = 86_400.0
CHECK_S = 5.0  # for all libraries, beside the loading of the models
STOP_S = 6.0  # for running answers, once a stop is asked for,
LAST_CALL_S = 1.5  # for messages that are on their way to Telegram then,
NOTED_S = 0.3  # and for noting that they arrived
SERVICES = "services"
"""Where the application keeps what its handlers have."""

CONNECTIONS = 64
CONNECT_S = 10.0
READ_S = 20.0

Bot = Application[PatientBot, Any, Any, Any, Any, Any]


def build(
    token: str,
    settings: BotSettings,
    answering: Answering,
    database: Database,
    *,
    quotes: int,
    request: BaseRequest | None = None,
    polling_request: BaseRequest | None = None,
    pacer: Pacer | None = None,
    fetcher: Fetcher | None = None,
) -> Bot:
    """Build the application, not yet connected; ``quotes`` in an answer where a chat is not set otherwise.

    Raises BotError when ``token`` cannot be one.
    """
    pacer, clock = pacer or Pacer(), TelegramClock()
    try:
        bot = PatientBot(
            token,
            base_url=f"{settings.api_url}/bot",
            base_file_url=f"{settings.api_url}/file/bot",
            request=request or _request(CONNECTIONS, clock),
            get_updates_request=polling_request or request or _request(1, clock),
            defaults=Defaults(
                allow_sending_without_reply=True,  # the question may be deleted meanwhile
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
            rate_limiter=pacer,
        )
    except InvalidToken:
        raise BotError(texts.MALFORMED) from None
    fetcher = fetcher or Fetcher()
    services = Services.set_up(
        settings, answering, database, bot, pacer, fetcher, clock.now, COMMANDS, quotes=quotes
    )
    pacer.on_out = services.presence.refused
    admission = Admission(services)
    application: Bot = (
        ApplicationBuilder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(OrderedUpdates(services.inbox, admission.admits, admission.is_addition))
        .build()
    )
    application.bot_data[SERVICES] = services
    application.add_handlers(handlers(services, admission))
    application.add_error_handler(partial(on_error, services))
    return application


async def run(application: Bot, settings: BotSettings, answering: Answering, stop: asyncio.Event) -> None:
    """Answer until ``stop``. Raises BotError when Telegram refuses us, AppError when models do not load."""
    connected = asyncio.Event()
    services: Services = application.bot_data[SERVICES]
    work = [
        asyncio.create_task(_serve(application, services, connected, stop)),
        asyncio.create_task(_get_ready(application, settings, answering, connected, stop)),
        asyncio.create_task(_check_libraries(answering, stop)),
        asyncio.create_task(_forget_daily(services, connected, stop)),
    ]
    try:
        await asyncio.gather(*work)
    finally:
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)
        answering.close()


async def _get_ready(
    application: Bot,
    settings: BotSettings,
    answering: Answering,
    connected: asyncio.Event,
    stop: asyncio.Event,
) -> None:
    await unless(stop, answering.load())
    await unless(stop, connected.wait())
    if not stop.is_set():
        libraries = ", ".join(settings.libraries)
        log.info("ready: @%s answers from the articles in %s", application.bot.username, libraries)


async def _check_libraries(answering: Answering, stop: asyncio.Event) -> None:
    """Find damage before somebody asks; the log says what there is."""
    left = await unless(stop, asyncio.to_thread(answering.libraries.check, CHECK_S))
    if left:
        log.info("%d libraries are not checked yet; each will be when it is first asked", left)


async def _forget_daily(services: Services, connected: asyncio.Event, stop: asyncio.Event) -> None:
    """Forget what is too old: at the start, once Telegram has told the time, and every day."""
    await unless(stop, connected.wait())
    while not stop.is_set():
        try:
            await _forget_old(services)
        except StateError as error:  # tomorrow there may be room again
            log.error("%s", error)
        await unless(stop, asyncio.sleep(DAY_S))


async def _forget_old(services: Services) -> None:
    days = services.settings.keep_days
    before = services.now() - days * DAY_S
    forgotten = await asyncio.to_thread(services.exchanges.forget_before, before)
    if forgotten:
        log.info("%d answers were older than %d days and have been deleted", forgotten, days)
    await asyncio.to_thread(services.outbox.forget_before, before)
    await asyncio.to_thread(services.inbox.forget_set_aside)
    await remove_left(services)


async def _serve(application: Bot, services: Services, connected: asyncio.Event, stop: asyncio.Event) -> None:
    try:
        await unless(stop, _connect(application))
        if stop.is_set():
            return
        await application.start()
        connected.set()
        left = await asyncio.to_thread(services.inbox.unfinished)
        beside = [
            asyncio.create_task(_show_commands(application.bot)),
            asyncio.create_task(recover(services)),
        ]
        try:
            await poll(application.bot, services.inbox, application.update_queue.put, stop, left)
        finally:
            await _finish(application, services)
            for task in beside:
                task.cancel()
            services.inbox.release()
            services.outbox.close()
    except InvalidToken:
        api_url = services.settings.api_url
        raise BotError(texts.refused(None if api_url == TELEGRAM else api_url)) from None
    finally:
        await application.shutdown()


async def _connect(application: Bot) -> None:
    """Find out who we are, and that no webhook takes our updates; try until Telegram answers."""
    for wait_s in back_off():
        try:
            await application.initialize()
            await application.bot.delete_webhook()
            return
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("Telegram cannot be reached, next try in %.0f s: %s", wait_s, error)
        except Exception as error:  # whatever a server, or what stands before it, has said
            problem = type(error).__name__
            log.warning("Telegram's answer cannot be read, next try in %.0f s: %s", wait_s, problem)
        await asyncio.sleep(wait_s)


async def _finish(application: Bot, services: Services) -> None:
    """Let what is begun be answered, as long as there is time, and stop the rest between two messages."""
    log.info("stopping")
    stopping = asyncio.create_task(application.stop())
    await asyncio.wait([stopping], timeout=STOP_S)
    await services.pacer.stop(LAST_CALL_S)
    await asyncio.wait([stopping], timeout=NOTED_S)
    if not stopping.done():
        unfinished = application.update_processor.current_concurrent_updates
        log.warning("stopped before %d messages were answered", unfinished)
        stopping.cancel()
    with suppress(asyncio.CancelledError):
        await stopping


async def _show_commands(bot: PatientBot) -> None:
    try:
        commands = COMMANDS.values()
        in_private = [(command.name, command.in_private) for command in commands if command.in_private]
        in_groups = [(command.name, command.in_groups) for command in commands if command.in_groups]
        of_admins = [(command.name, command.for_admins) for command in commands if command.for_admins]
        await bot.set_my_commands(in_private, scope=BotCommandScopeAllPrivateChats())
        await bot.set_my_commands(in_groups, scope=BotCommandScopeAllGroupChats())
        await bot.set_my_commands([*in_groups, *of_admins], scope=BotCommandScopeAllChatAdministrators())
    except TelegramError as error:
        log.warning("the list of commands could not be set: %s", error)


def _request(connections: int, clock: TelegramClock) -> SturdyRequest:
    return SturdyRequest(
        connection_pool_size=connections,
        connect_timeout=CONNECT_S,
        read_timeout=READ_S,
        write_timeout=READ_S,
        pool_timeout=READ_S,
        httpx_kwargs={"event_hooks": {"response": [clock.read]}},
    )
