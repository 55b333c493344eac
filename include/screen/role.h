/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCREEN_ROLE_H
#define SCREEN_ROLE_H

/*
 * The meanings that colours stand for. Code draws in roles; a theme gives each role its colours
 * and attributes. A cell has a role (its foreground) and a ground (a role whose background it
 * takes), so that a selected line keeps the colours of what is on it.
 */

#include <stddef.h>

enum role {
	ROLE_DEFAULT, /* plain text on the terminal's own ground */
	ROLE_MUTED,   /* what may be overlooked: units, separators, unknown values */
	ROLE_LABEL,   /* the name of a value */
	ROLE_VALUE,   /* a value that matters */
	ROLE_TITLE,   /* of a pane */
	ROLE_BORDER,  /* of a pane */
	ROLE_ADDRESS,
	ROLE_HEADER,   /* the name of the process */
	ROLE_LIVE,     /* state: watching */
	ROLE_PAUSED,   /* state: paused */
	ROLE_WARNING,  /* something to look at */
	ROLE_DANGER,   /* something wrong: writable and executable */
	ROLE_BANNER,   /* the line over the picture: the target has ended */
	ROLE_MESSAGE,  /* the line that answers a key */
	ROLE_KEY,      /* a key in the footer and in help */
	ROLE_KEY_HELP, /* what it does */
	ROLE_CURSOR,   /* ground of the selected band */
	ROLE_MARKER,   /* the sign beside the selected band */
	ROLE_SCROLL,   /* the scroll bar's thumb */
	ROLE_FOLD,     /* bar of several mappings in one band */
	ROLE_MATCH,    /* name of what a search found */
	ROLE_CHART,    /* the line of a value over time */
	ROLE_CHART_AXIS,
	ROLE_GREW,
	ROLE_APPEARED,
	ROLE_SHRANK,
	ROLE_PROTECTED, /* permissions changed */
	ROLE_GHOST,     /* is not there any more */
	ROLE_RESIDENT,  /* all of it is in memory */
	ROLE_PARTLY,    /* a part of it is in memory */
	ROLE_SWAPPED,   /* swapped out */
	ROLE_ABSENT,    /* nothing of it is in memory */
	/* By what may be done there. */
	ROLE_READ_ONLY,
	ROLE_WRITABLE,
	ROLE_EXECUTABLE,
	ROLE_WRITABLE_EXECUTABLE, /* both at once */
	ROLE_NO_ACCESS,
	ROLE_UNCHANGED, /* as it was at the mark */
	/* By who else sees what is written there. */
	ROLE_PRIVATE,      /* no other process: anonymous memory */
	ROLE_PRIVATE_FILE, /* no other process: a copy of a file's bytes */
	ROLE_SHARED,       /* all who map the same */
	/* By whose code touched it: some of the heaviest call sites, and the others. */
	ROLE_SITE_A,
	ROLE_SITE_B,
	ROLE_SITE_C,
	ROLE_SITE_D,
	ROLE_SITE_E,
	ROLE_SITE_OTHER,
	/* One per kind, in the order of enum kind. */
	ROLE_KIND_TEXT,
	ROLE_KIND_RODATA,
	ROLE_KIND_RELRO,
	ROLE_KIND_DATA,
	ROLE_KIND_BSS,
	ROLE_KIND_HEAP,
	ROLE_KIND_ARENA,
	ROLE_KIND_STACK,
	ROLE_KIND_THREAD_STACK,
	ROLE_KIND_GUARD,
	ROLE_KIND_RESERVE,
	ROLE_KIND_ANON,
	ROLE_KIND_JIT,
	ROLE_KIND_FILE,
	ROLE_KIND_SHARED,
	ROLE_KIND_DEVICE,
	ROLE_KIND_VDSO,
	ROLE_KIND_VVAR,
	ROLE_KIND_VSYSCALL,
	ROLE_KIND_GAP,
	ROLE_COUNT,
};

/* The name in theme files: "muted", "key-help", "kind-thread-stack", … */
const char *role_name(enum role role);

/* The role of that name (length bytes); ROLE_COUNT when there is none. */
enum role role_find(const char *name, size_t length);

#endif
