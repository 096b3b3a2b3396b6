"""The whole is tested as it is used: played, killed, restarted, told twice."""
