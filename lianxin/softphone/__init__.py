"""The softphone: a real SIP caller for trying and testing the line.

It stands on pjsua2, which is GPL-2.0-or-later: nothing outside this package imports it, and no service imports this
package. pjsua2 wants one thread and one endpoint a process, so every phone is a process of its own (`python -m
lianxin.softphone`) that is spoken to in JSON lines; `process.py` is the near end of that, and needs no pjsua2.
"""
