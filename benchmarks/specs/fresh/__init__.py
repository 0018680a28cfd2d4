"""Small functions as they occur in the code of today's services: logs, money, schedules, versions, parsing."""
