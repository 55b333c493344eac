/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "key_courses.h"

#include <stddef.h>

#include "support/key_press.h"

#define UP        "\033OA"
#define DOWN      "\033OB"
#define HOME      "\033OH"
#define PAGE_UP   "\033[5~"
#define PAGE_DOWN "\033[6~"
#define ESC       "\033"
#define ENTER     "\r"
#define BACKSPACE "\177"

/* A step: its sort, its name, its keys, what is seen then, and what is typed before. */
#define STEP(sort, name, keys, answer, text, before)            \
	{                                                       \
		sort, name, keys, ANSWER_##answer, text, before \
	}
#define PLACE(sort, name, keys)                     STEP(sort, name, keys, PLACE, NULL, NULL)
#define SIZE(sort, name, keys)                      STEP(sort, name, keys, SIZE, NULL, NULL)
#define TITLE(sort, name, keys, text)               STEP(sort, name, keys, TITLE, text, NULL)
#define TITLE_AFTER(sort, name, keys, text, before) STEP(sort, name, keys, TITLE, text, before)
#define HEAD(sort, name, keys, text)                STEP(sort, name, keys, HEAD, text, NULL)
#define PAST(sort, name, keys, text)                STEP(sort, name, keys, PAST, text, NULL)
#define FOOT(sort, name, keys, text)                STEP(sort, name, keys, FOOT, text, NULL)
#define TEXT(sort, name, keys, text)                STEP(sort, name, keys, TEXT, text, NULL)
#define LINE(sort, name, keys, text)                STEP(sort, name, keys, LINE, text, NULL)
#define GONE(sort, name, keys, text)                STEP(sort, name, keys, GONE, text, NULL)

#define PAUSED "\xe2\x80\x96" /* the sign of what is not live */
#define TIMES  "\xc3\x97"     /* the sign of the zoom */

/* From the picture as it is at the start. */
static const struct key_step vastop[] = {
	PLACE("move", "G", "G"),
	PLACE("move", "Home", HOME),
	PLACE("move", "Down", DOWN),
	PLACE("move", "Down", DOWN),
	PLACE("move", "Up", UP),
	PLACE("move", "Ctrl-D", "\004"),
	PLACE("move", "Ctrl-U", "\025"),
	PLACE("move", "PgDn", PAGE_DOWN),
	PLACE("move", "PgUp", PAGE_UP),

	TITLE("zoom", "+ to 2", "+", TIMES "2"),
	TITLE("zoom", "+ to 4", "+", TIMES "4"),
	PLACE("move", "G, zoomed", "G"),
	PLACE("move", "Up, zoomed", UP),
	PLACE("move", "PgUp, zoomed", PAGE_UP),
	TITLE("zoom", "- to 2", "-", TIMES "2"),
	TITLE("zoom", "0", "0", TIMES "1"),
	TITLE("zoom", "s, linear", "s", "linear"),
	TITLE("zoom", "s, equal", "s", "equal"),
	TITLE("zoom", "s, log", "s", "log"),
	FOOT("zoom", "o, low on top", "o", " Low addresses"),
	FOOT("zoom", "o, high on top", "o", " High addresses"),
	TITLE("zoom", "c", "c", "by protection"),
	TITLE("zoom", "C", "C", NULL),

	FOOT("search", "/", "/", " /"),
	FOOT("search", "s", "s", " /s"),
	FOOT("search", "t", "t", " /st"),
	FOOT("search", "a", "a", " /sta"),
	FOOT("search", "c", "c", " /stac"),
	FOOT("search", "Enter, few matches", ENTER, " Match"),
	TITLE("zoom", "Enter, into a mapping", ENTER, "stack"),
	TITLE("zoom", "Backspace, out", BACKSPACE, NULL),
	FOOT("search", "/", "/", " /"),
	FOOT("search", "a", "a", " /a"),
	FOOT("search", "n", "n", " /an"),
	FOOT("search", "o", "o", " /ano"),
	FOOT("search", "Enter, many matches", ENTER, " Match"),
	PLACE("search", "n", "n"),
	PLACE("search", "n", "n"),
	PLACE("search", "N", "N"),
	FOOT("search", "Esc", ESC, " Enter in"),

	FOOT("filter", "f", "f", " filter:"),
	FOOT("filter", "l", "l", " filter: l"),
	FOOT("filter", "i", "i", " filter: li"),
	FOOT("filter", "b", "b", " filter: lib"),
	TITLE("filter", "Enter, few match", ENTER, "lib"),
	TITLE("filter", "f, hides many", "f", "only"),
	TITLE("filter", "Esc", ESC, NULL),
	FOOT("filter", "f", "f", " filter:"),
	FOOT("filter", "a", "a", " filter: a"),
	FOOT("filter", "n", "n", " filter: an"),
	TITLE("filter", "Enter, many match", ENTER, " an "),
	TITLE("filter", "f, hides few", "f", "only"),
	TITLE("filter", "Esc", ESC, NULL),

	TITLE("table", "t", "t", "mappings"),
	TITLE("table", "S, high first", "S", "high first"),
	TITLE("table", "S, low first", "S", "low first"),
	PLACE("move", "G, table", "G"),
	PLACE("move", "Home, table", HOME),
	PLACE("move", "PgDn, table", PAGE_DOWN),
	PLACE("move", "PgUp, table", PAGE_UP),
	TITLE_AFTER("table", "S, by size", "S", "by size", "l"),
	TITLE("table", "S, by size, reversed", "S", "by size"),
	TITLE_AFTER("table", "S, by rss", "S", "by rss", "l"),
	TITLE_AFTER("table", "S, by pss", "S", "by pss", "l"),
	TITLE_AFTER("table", "S, by swap", "S", "by swap", "l"),
	TITLE_AFTER("table", "S, by growth", "S", "by growth", "l"),
	TITLE_AFTER("table", "S, by perms", "S", "by perms", "l"),
	TITLE_AFTER("table", "S, by kind", "S", "by kind", "l"),
	TITLE_AFTER("table", "S, by name", "S", "by name", "l"),
	TITLE("table", "S, by name, reversed", "S", "by name"),
	TITLE_AFTER("table", "S, by address", "S", "by address", "hhhhhhhhhh"),
	TITLE("table", "t, picture", "t", "address space"),

	/* To and fro: there may be no older moment, and a sentence a second time is no answer. */
	HEAD("history", ",", ",", PAUSED),
	PAST("history", ".", ".", " This is the newest"),
	PAST("history", ",", ",", " This is the oldest"),
	PAST("history", ".", ".", " This is the newest"),
	HEAD("history", "L", "L", " live"),
	HEAD("history", "Space, pauses", " ", PAUSED),
	HEAD("history", "Space, resumes", " ", " live"),

	TEXT("panes", "?, opens", "?", " arrows scroll"),
	GONE("panes", "?, leaves", "?", " arrows scroll"),
	TEXT("panes", "e, opens", "e", " changes "),
	GONE("panes", "e, leaves", "e", " changes "),
	TEXT("panes", "d, opens", "d", " growth since "),
	GONE("panes", "d, leaves", "d", " growth since "),
	TEXT("panes", "u, opens", "u", " usage by kind"),
	GONE("panes", "u, leaves", "u", " usage by kind"),
	/* The chart opens by itself once something has grown; then it goes to the next. */
	LINE("panes", "v", "v", " peak "),
	TITLE("panes", "i, hides", "i", NULL),
	TITLE("panes", "i, shows", "i", NULL),
	FOOT("panes", "m", "m", " Baseline"),
	FOOT("panes", "g", "g", " go to:"),
	FOOT("panes", "Esc", ESC, " Enter in"),

	SIZE("resize", "to 100 x 30", "30x100"),
	SIZE("resize", "to 200 x 60", "60x200"),
	SIZE("resize", "to 120 x 40", "40x120"),
	PLACE("move", "G", "G"),
	PLACE("move", "Home", HOME),
	{0},
};

/* What htop has of the same: help, other orders of the list, search, filter. */
static const struct key_step htop[] = {
	TEXT("panes", "h, opens", "h", "Released under"),
	GONE("panes", "q, leaves", "q", "Released under"),
	FOOT("table", "t, tree", "t", "F1Help  F2Setup F3SearchF4FilterF5List"),
	FOOT("table", "t, list", "t", "F1Help  F2Setup F3SearchF4FilterF5Tree"),
	FOOT("search", "/", "/", "F3Next"),
	FOOT("search", "Esc", ESC, "F1Help"),
	FOOT("filter", "\\", "\\", "EnterDone"),
	FOOT("filter", "Esc", ESC, "F1Help"),
	{0},
};

const struct key_step *key_courses_vastop(void)
{
	return vastop;
}

const struct key_step *key_courses_htop(void)
{
	return htop;
}
