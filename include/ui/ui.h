/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_UI_H
#define UI_UI_H

/*
 * The interactive screen: what of the process is shown, where the user is in it, which panes are
 * open, and what was typed and said. It reads no clock, no terminal and no process: what it needs
 * from outside comes in as snapshots and struct ui_host, what it asks for leaves as struct
 * ui_request, and only the loop acts. Keys and commands come through ui/dispatch.h.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "model/replay.h"
#include "ui/colour_mode.h"
#include "ui/find.h"
#include "ui/frame.h"
#include "ui/glyphs.h"
#include "ui/pane.h"
#include "ui/prompt.h"
#include "ui/scene.h"
#include "ui/shown.h"
#include "ui/view.h"

struct address_space;
struct session;
struct keymap;
struct residency;
struct usage_table;

/* What can be done here, by the loop. */
struct ui_host {
	uint64_t interval_ns;            /* between two frames; 0: not known */
	bool replay;                     /* a recording is played, */
	struct replay_state play;        /* and how; */
	const struct timeline *timeline; /* all of it; NULL: not known */
	uint64_t smaps_ns;               /* what reading smaps would cost; 0: it cannot be read */
	const char *why_no_processes;    /* why no other process can be chosen; NULL: it can */
	bool has_mouse;                  /* the terminal has one */
	bool mouse;                      /* what is done with it is reported */
	bool recording;                  /* what is seen is recorded */
	bool finds_moments; /* it finds moments of the history beside (time_commands) */
	bool letters;       /* the terminal or the theme has no colours */
};

/* What the loop is asked to do; disjoint bits. */
enum ui_request_bit {
	UI_DRAW = 1,
	UI_LAYOUT = 2,   /* call ui_layout() before the next event */
	UI_SAMPLE = 4,   /* take a sample now */
	UI_INTERVAL = 8, /* sample at the interval */
	UI_REPAINT = 16, /* send the whole screen again */
	UI_SMAPS = 32,   /* read smaps once */
	UI_THEME = 64,   /* show the next theme */
	UI_MOUSE = 128,  /* have the mouse reported, or not */
	UI_ATTACH = 256, /* watch the process, or go on with the one that is watched */
	UI_QUIT = 512,
	UI_SAVE = 1024,     /* save what is shown in a file */
	UI_RECORD = 2048,   /* begin a recording, or end it */
	UI_NOTE = 4096,     /* the line that was typed is a note for it */
	UI_BASELINE = 8192, /* what is shown has become the baseline */
	UI_WISH = 16384,    /* another sample of the recording */
	UI_HOLD = 32768,    /* hold the recording that is played, or go on */
	UI_TIME = 131072,   /* the line that was typed is a time to go to */
	UI_SPEED = 65536,   /* play it at the speed */
};

/* In which form. */
enum ui_save {
	UI_SAVE_TEXT, /* the screen, */
	UI_SAVE_SVG,  /* or as a drawing */
	UI_SAVE_JSON, /* the snapshot that is shown */
	UI_SAVE_COUNT,
};

struct ui_request {
	unsigned bits;
	unsigned news;           /* enum pane_news: what to show of them, without UI_DRAW */
	uint64_t interval_ns;    /* of UI_INTERVAL */
	bool mouse;              /* of UI_MOUSE */
	int32_t pid;             /* of UI_ATTACH */
	struct replay_wish wish; /* of UI_WISH */
	bool held;               /* of UI_HOLD */
	unsigned speed;          /* of UI_SPEED */
	enum ui_save save;       /* of UI_SAVE */
	uint64_t start_ticks;    /* the process with that number that was meant */
};

/*
 * What a line is typed for. The functions find the line in ui->line.prompt; before accept and
 * cancel it is closed, and they may open it again.
 */
struct ui_prompt {
	const char *label;             /* before the line: "/", "filter: " */
	void (*change)(struct ui *ui); /* after each change of the text; NULL: nothing */
	void (*accept)(struct ui *ui); /* Enter */
	void (*cancel)(struct ui *ui); /* Esc; NULL: nothing */
};

struct ui_line {
	const struct ui_prompt *asking; /* NULL: no line is typed */
	struct prompt prompt;           /* the line; afterwards the last one */
};

/* The answer to the last key. */
struct ui_message {
	const char *text;  /* NULL: none */
	struct text words; /* where it is not a constant */
	const void *asks;  /* what the same key again would confirm; NULL: nothing */
	const void *asked; /* the same of the message before */
};

struct ui {
	struct shown shown;
	struct view view;
	struct find find;         /* what the user looks for */
	enum colour_mode colours; /* what the colours of bars stand for */
	struct pane_stack panes;
	struct frame frame;
	struct ui_line line;
	struct ui_message message;
	struct ui_host host;
	struct ui_request request;
	const struct glyphs *glyphs;
	const struct keymap *keymap; /* not owned; NULL for a picture on paper */
};

/* Starts without a process and without panes. */
void ui_init(struct ui *ui, bool unicode);
void ui_finish(struct ui *ui);

/* Starts a picture on paper of a snapshot, which must live as long. */
void ui_init_plain(struct ui *ui, const struct address_space *space, bool unicode);

/*
 * Shows another process, by its session, which must live as long as it is shown; NULL: none. What
 * the user chose that is about no process (scale, colours, panes) stays.
 */
void ui_watch(struct ui *ui, struct session *session);

/*
 * Shows the session's new snapshot; the session has released the one before. now_ns is of any clock
 * that does not go back; highlights fade by it. basis is what was made of the snapshot beside, and
 * is taken over, but for what is known of its memory; NULL: nothing was. Of one with the list of
 * the one before it needs limits only.
 */
void ui_take_snapshot(struct ui *ui, int64_t now_ns, struct shown_basis *basis);

/*
 * Sets what of the newest snapshot is in memory: the usage of its mappings, and the pages (NULL:
 * unknown). Neither is owned; both must live until the next call, which comes after each
 * ui_take_snapshot() without them, as that forgets them. Past moments have what the session keeps
 * of theirs.
 */
void ui_set_usage(struct ui *ui, const struct usage_table *usage,
		  const struct residency *residency);

/* The addresses that are on the screen, half-open; needs a ui_layout() before. */
void ui_visible(const struct ui *ui, uint64_t *ret_start, uint64_t *ret_end);

/*
 * Lets highlights settle. Sets *ret_next_ns to when this is due again; HIGHLIGHTS_NEVER when
 * nothing is marked.
 */
void ui_settle_highlights(struct ui *ui, int64_t now_ns, int64_t *ret_next_ns);

/* Shows that snapshot, which must live as long as it is shown: remakes all that depends on it. */
void ui_set_space(struct ui *ui, const struct address_space *space);

/*
 * The same in the place of one that is shown, still lives and may be of the same list: cheap then.
 * What was made of it beside is taken over, and is what the other one rested on afterwards, if that
 * is at hand.
 */
void ui_show_space(struct ui *ui, const struct address_space *space, struct shown_basis *basis);

/* What is shown has become the baseline, or is earlier than a baseline that was set. */
void ui_take_baseline(struct ui *ui);

/* Takes over what is hidden and marked, after ui->find has changed, which has its matches. */
void ui_take_find(struct ui *ui);

/* Rebuilds the diagram, after the space, the size or the view changed; panes update. */
void ui_layout(struct ui *ui);

/* Panes settle, after the cursor or what is known changed. */
void ui_settle(struct ui *ui);

/*
 * Shows what is known of the process from the first snapshot on. It replaces what was shown of the
 * same process, which the caller frees afterwards. What the user chose and looks for stays.
 */
void ui_watch_again(struct ui *ui, struct session *session);

/* What panes are drawn from; status may be NULL where nothing is drawn. */
struct scene ui_scene(const struct ui *ui, const struct scene_status *status);

/* What is asked of the loop is carried out when it has handled the event. */
void ui_want(struct ui *ui, unsigned bits);

/* There are news (enum pane_news) to be shown, which some panes ignore. */
void ui_tell_news(struct ui *ui, unsigned news);

/* Takes what was asked for; nothing is asked for then. */
struct ui_request ui_take_request(struct ui *ui);

/* The answer to the key: a constant sentence, keys in it as ui/text/sentence.h says; NULL: none. */
void ui_say(struct ui *ui, const char *sentence);

/* Says why something cannot be done; or does it, when that is NULL. */
void ui_do_or_say(struct ui *ui, const char *why_not, void (*run)(struct ui *ui));

/* The same as ui_say(), composed. */
void ui_say_format(struct ui *ui, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Whether the last key's message asked to confirm the same (any address that stands for it). */
bool ui_confirms(struct ui *ui, const void *what);

/* Has the user type a line, which begins as that text; until it ends, all keys go there. */
void ui_ask(struct ui *ui, const struct ui_prompt *asking, const char *text);

#endif
