/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

/* What the command line and the configuration file ask for. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/scale.h"
#include "model/field.h"
#include "record/condition.h"

enum options_action {
	ACTION_WATCH,         /* the interactive screen */
	ACTION_ONCE,          /* one picture or report on stdout */
	ACTION_EVENTS,        /* each change as a line on stdout */
	ACTION_LOCATE,        /* what is at an address, on stdout */
	ACTION_BYTES,         /* a hex dump, on stdout */
	ACTION_INSIDE,        /* what is inside a mapping, on stdout */
	ACTION_CHECK,         /* what was found about the process, on stdout */
	ACTION_SEARCH,        /* where bytes are in memory, on stdout */
	ACTION_DIFF,          /* what is different in two samples: on the screen, or stdout */
	ACTION_EXPORT,        /* a part of a recording, in a file */
	ACTION_GROWTH,        /* who touches new pages, on stdout */
	ACTION_LIST_COMMANDS, /* tables about the program itself, on stdout */
	ACTION_LIST_THEMES,
	ACTION_LIST_KINDS,
	ACTION_LIST_FIELDS,
	ACTION_COMPLETION,
	ACTION_HELP,
	ACTION_VERSION,
	ACTION_MISTAKE, /* the mistake was said on stderr */
};

/* The first one is for people: the picture, or events in words. */
enum options_format {
	FORMAT_PICTURE,
	FORMAT_TABLE,
	FORMAT_CSV,
	FORMAT_JSON,
	FORMAT_SVG,
	FORMAT_OPENMETRICS,
	FORMAT_FOLDED, /* of --growth */
	FORMAT_COUNT,
};
enum options_colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/* Which shell's completions are written. */
enum completion_shell { COMPLETION_BASH, COMPLETION_ZSH, COMPLETION_FISH };

/* How many options there may be. */
#define OPTIONS_MAX 64

/* How many processes, or other operands, may be named. */
#define OPTIONS_PROCESSES_MAX 256

struct core_file;
struct procfs_options;
struct settings;

/* A process as the command line names it. */
struct options_process {
	int32_t pid;      /* 0: by its name */
	const char *name; /* NULL: by its pid */
};

struct options {
	enum options_action action;
	uint64_t given; /* which options were: a bit for each row of the table */
	enum options_format format;
	enum options_colour colour;
	enum scale scale;
	int32_t pid;      /* 0: by its name, chosen on the screen, or a command instead */
	const char *name; /* of the process, where it has no pid; NULL: not given */
	const char *operands[OPTIONS_PROCESSES_MAX]; /* what is no option, as typed */
	size_t operand_count;
	/* All that were named; where it is one, that is above, too. */
	struct options_process processes[OPTIONS_PROCESSES_MAX];
	size_t process_count;
	char **command;       /* to be started and watched, NULL at its end; NULL: pid is watched */
	const char *output;   /* file for the command's output; NULL: a fresh one */
	int width, height;    /* of a picture on stdout; 0: not given */
	uint64_t interval_ns; /* between two samples */
	double budget;        /* share of one core that all may take: 0.02 */
	uint64_t history;     /* bytes of past samples kept */
	uint64_t
		samples; /* intervals after which events end; 0: never. Of --once: how many; 0: 1 */
	struct field_list fields; /* of --once; none: the usual ones */
	const char *filter;       /* a query (model/query.h) for --once; NULL: all is shown */
	bool no_mouse;            /* presses of the mouse are not taken, at first */
	bool no_smaps;            /* of --once: smaps is not read */
	bool large_heaps;         /* of metrics: heaps of any size are walked */
	bool text;                /* --diff writes text, also in a terminal */
	const char *place;        /* the address expression of --locate, --bytes or --inside */
	uint64_t length;          /* bytes that --bytes writes */
	bool parts;               /* --inside writes the chunks of a heap */
	const char *search;       /* what --search looks for */
	uint64_t growth_ns;       /* that --growth listens; 0: until the process ends */
	unsigned avoid;           /* what of the kernel to do without, as in kernel/avoid.h */
	const char *procfs;       /* root of the procfs tree */
	const char *record;       /* file that is recorded to; NULL: none */
	bool force;               /* overwrite it */
	bool conditional;         /* record only from when the condition holds */
	struct condition record_when;
	uint64_t record_limit; /* bytes of the recording; 0: no limit */
	const char *replay;    /* recording that is shown, "FILE" or "FILE@TIME"; NULL: none */
	const char *core;      /* core file that is shown; NULL: none */
	struct core_file *core_file; /* the same once it is open, not owned */
	const char *export;          /* file that a part of it is written to, */
	const char *from, *to;       /* with the samples between these times; NULL: all */
	const char *theme;           /* name or file; NULL: the default */
	enum completion_shell shell; /* of ACTION_COMPLETION */
	bool dark;                   /* a drawing has a black page */
	bool no_sandbox;             /* all that the user may is kept */
	bool ascii;                  /* no other signs, whatever the locale has */
	struct settings *settings;   /* what the user's files say, not owned; NULL: not read */
};

/* Whether the action is about the program itself, and so about no process. */
bool options_action_is_about(enum options_action action);

/* Where the process is read, and how; what it points to is the options'. */
struct procfs_options options_procfs(const struct options *options);

/* Whether that is so of theirs. */
bool options_are_about(const struct options *options);

/*
 * Whether to show colours: by the options and, where they leave it open, by NO_COLOR
 * (no-color.org) and whether it is a terminal that would show them.
 */
bool options_want_colour(const struct options *options, bool is_terminal);

#endif
