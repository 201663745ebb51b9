#!/usr/bin/python3
"""Print a workspace's alerts as they come, and lose none.

usage: listen.py CONNECTION WORKSPACE CONSUMER [CHANNEL]

CONNECTION is what libpq takes ("dbname=news").  Needs psycopg 3 (Debian: python3-psycopg).

A notification only says that there is something; what there is stands in the table. So
the consumer takes alerts whenever it starts, is notified, or has heard nothing for a while:
a notification that nobody heard costs time and no alert. What it took and did not
acknowledge, because it died, comes again after the timeout.
"""
import select
import sys

import psycopg
from psycopg import sql
from psycopg.rows import dict_row


def handle(alert):
    """Do something with an alert. It may come twice: what is done should bear that."""
    evidence = ", ".join(piece["term"] for piece in alert["reason"]["evidence"])
    print(f'{alert["at"]:%Y-%m-%d %H:%M} {alert["ticker"]} {alert["score"]:+.2f} '
          f'{alert["reason"]["rule"]}: {evidence}', flush=True)


def work_off(connection, workspace, consumer):
    """Take, handle and acknowledge until there is nothing left."""
    while True:
        # autocommit: what is taken is committed as taken before it is handled
        alerts = connection.execute(
            "SELECT * FROM finsent_alert_take(%s, %s, 100, '1 minute')", (workspace, consumer)).fetchall()
        if not alerts:
            return
        for alert in alerts:
            handle(alert)
        connection.execute("SELECT finsent_alert_ack(%s, %s)", (workspace, [alert["id"] for alert in alerts]))


def main(conninfo, workspace, consumer, channel=None):
    heard = []
    with psycopg.connect(conninfo, autocommit=True, row_factory=dict_row) as connection:
        connection.add_notify_handler(heard.append)
        if channel:
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        while True:
            heard.clear()
            work_off(connection, workspace, consumer)
            # a notification may have come with the answer to a query already
            if not heard and select.select([connection.fileno()], [], [], 60)[0]:
                connection.execute("SELECT 1")


if __name__ == "__main__":
    if not 4 <= len(sys.argv) <= 5:
        sys.exit(__doc__.split("\n\n")[1])
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        pass
