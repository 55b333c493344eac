/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_COMMAND_ROW_H
#define UI_COMMAND_COMMAND_ROW_H

/* Rows of the table of commands that are alike. */

#define CTRL(letter) ((letter)&31)

/* A way to move in whatever has the focus. */
#define MOVE(command, words, function, ...)                                                \
	{                                                                                  \
		.name = (command), .help = (words), .run = (function), .everywhere = true, \
		.keys = {                                                                  \
			__VA_ARGS__                                                        \
		}                                                                          \
	}

/* What one key does where it can. */
#define ACT(command, words, function, reason, key)                                          \
	{                                                                                   \
		.name = (command), .help = (words), .run = (function), .why_not = (reason), \
		.keys = {                                                                   \
			(key)                                                               \
		}                                                                           \
	}

/* A pane that is shown, and left by the same keys; with its word in the footer. */
#define OPEN(command, words, word, rank, opened, ...)                                             \
	{                                                                                         \
		.name = (command), .help = (words), .footer = {(word), (rank)}, .pane = (opened), \
		.keys = {                                                                         \
			__VA_ARGS__                                                               \
		}                                                                                 \
	}

#endif
