"""The child processes of ``bench journal``: writers by command and by raw statements, a sealer, a reader."""
