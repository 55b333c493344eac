/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/pick.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/message.h"
#include "app/options.h"
#include "app/target_words.h"
#include "app/tty.h"
#include "base/memory.h"
#include "model/address_space.h"
#include "model/process.h"
#include "sampler/clock.h"
#include "sampler/lister.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "term/terminal.h"
#include "ui/glyphs.h"
#include "ui/picker_pane.h"

#define INTERVAL_NS   UINT64_C(1000000000)
#define FIRST_LIST_MS 2000 /* after which the screen is shown without a list */
#define WHEEL_ROWS    3

/* What the loop waits for. */
enum { WAIT_KEYS, WAIT_SIGNALS, WAIT_LIST, WAIT_COUNT };

int pick_create(struct tty *tty, const char *narrow, struct pick **ret_pick)
{
	struct pick *pick;
	int error = tty->lister ? 0 : lister_create(INTERVAL_NS, &tty->lister);

	if (error)
		return error;
	lister_pause(tty->lister, false);
	pick = memory_alloc(sizeof(*pick));
	pick->tty = tty;
	picker_init(&pick->picker, narrow, true);
	*ret_pick = pick;
	return 0;
}

void pick_destroy(struct pick *pick)
{
	if (!pick)
		return;
	lister_pause(pick->tty->lister, true);
	picker_finish(&pick->picker);
	free(pick);
}

int pick_descriptor(const struct pick *pick)
{
	return lister_descriptor(pick->tty->lister);
}

void pick_take_list(struct pick *pick)
{
	struct process_list *list;
	int error;

	if (!lister_take(pick->tty->lister, &list, &error))
		return;
	if (list) {
		picker_take_list(&pick->picker, list);
		return;
	}
	text_clear(&pick->picker.message);
	text_append_format(&pick->picker.message, "The processes cannot be listed: %s.",
			   strerror(-error));
}

bool pick_is_ready(const struct pick *pick)
{
	return pick->picker.list || pick->picker.message.length;
}

void pick_measure(struct pick *pick)
{
	pick->picker.glyphs = glyphs_get(terminal_is_unicode(pick->tty->terminal));
	picker_resize(&pick->picker, pick->tty->canvas->columns, pick->tty->canvas->lines);
}

/* Tries the process under the cursor; why it cannot be watched is told, and one can go on. */
static enum pick_end attach(struct pick *pick)
{
	const struct process *process = picker_process(&pick->picker);
	struct text *why = &pick->picker.message;

	if (picker_is_on_watched(&pick->picker))
		return PICK_LEFT;
	if (!attach_open(pick->tty->options, process->pid, &pick->attachment, why)) {
		if (pick->attachment.first->target.start_ticks == process->start_ticks)
			return PICK_ATTACHED;
		/* The list is older than that. */
		attach_close(&pick->attachment);
		text_append(why, "that process has ended; its number is another one's now.");
	}
	if (why->length)
		why->bytes[0] = (char)toupper((unsigned char)why->bytes[0]);
	return PICK_GOES_ON;
}

static enum pick_end answer(struct pick *pick, enum picker_answer answer)
{
	switch (answer) {
	case PICKER_CHOSEN: return attach(pick);
	case PICKER_LEFT: return PICK_LEFT;
	case PICKER_QUIT: return PICK_QUIT;
	case PICKER_REPAINT: terminal_refresh(pick->tty->terminal); break;
	case PICKER_REDRAW: break;
	}
	return PICK_GOES_ON;
}

/* A click goes to a row, sorts by a heading or is a key of the footer; a second one attaches. */
static enum pick_end take_mouse(struct pick *pick, const struct mouse *mouse)
{
	struct picker *picker = &pick->picker;
	size_t row = picker_pane_row_at(picker, mouse->line);
	uint32_t key = picker_pane_key_at(picker, mouse->column, mouse->line);
	enum picker_column heading = picker_pane_heading_at(picker, mouse->column, mouse->line);

	if (mouse->button == MOUSE_WHEEL_UP || mouse->button == MOUSE_WHEEL_DOWN)
		picker_move(picker, mouse->button == MOUSE_WHEEL_UP ? -WHEEL_ROWS : WHEEL_ROWS);
	if (mouse->button != MOUSE_LEFT)
		return PICK_GOES_ON;
	if (key)
		return answer(pick, picker_handle_key(picker, key));
	if (heading != PICKER_COLUMNS)
		picker_sort(picker, heading);
	if (row == PICKER_PANE_NO_ROW)
		return PICK_GOES_ON;
	text_clear(&picker->message);
	if (mouse->clicks == 2 && row == picker->cursor)
		return attach(pick);
	picker_select(picker, row);
	return PICK_GOES_ON;
}

enum pick_end pick_take_event(struct pick *pick, const struct event *event)
{
	if (event->type == EVENT_KEY)
		return answer(pick, picker_handle_key(&pick->picker, event->key));
	if (event->type == EVENT_MOUSE)
		return take_mouse(pick, &event->mouse);
	return PICK_GOES_ON;
}

void pick_draw(struct pick *pick)
{
	char clock[CLOCK_LENGTH];

	picker_pane_draw(tty_blank(pick->tty), &pick->picker,
			 target_clock(clock_ns(CLOCK_REALTIME), clock));
	tty_show(pick->tty);
}

static enum pick_end take_keys(struct pick *pick)
{
	enum pick_end end = PICK_GOES_ON;
	struct event event;

	while (end == PICK_GOES_ON) {
		terminal_read(pick->tty->terminal, &event);
		if (event.type == EVENT_NONE)
			break;
		end = event.type == EVENT_CLOSED ? PICK_QUIT : pick_take_event(pick, &event);
	}
	return end;
}

static enum pick_end loop(struct pick *pick, struct pollfd *waits)
{
	enum pick_end end = PICK_GOES_ON;

	pick_measure(pick);
	while (end == PICK_GOES_ON) {
		unsigned asked = 0;

		pick_draw(pick);
		if (poll(waits, WAIT_COUNT, -1) < 0 && errno != EINTR)
			return PICK_QUIT;
		if (waits[WAIT_SIGNALS].revents)
			asked = tty_take_signals(pick->tty);
		if (asked & TTY_ENDING)
			return PICK_QUIT;
		if (asked & TTY_RESIZED)
			pick_measure(pick);
		if (waits[WAIT_LIST].revents)
			pick_take_list(pick);
		if (waits[WAIT_KEYS].revents)
			end = take_keys(pick);
	}
	return end;
}

/* Waits for the first list, as the screen is not taken to show nothing. */
static void wait_for_list(struct pick *pick)
{
	struct pollfd wait = {.fd = pick_descriptor(pick), .events = POLLIN};

	if (poll(&wait, 1, FIRST_LIST_MS) > 0)
		pick_take_list(pick);
}

static int say_not_chosen(const char *narrow, int error)
{
	if (error != -ENOTTY)
		return tty_say_error(error);
	if (narrow)
		return message_say_not_a_pid(narrow);
	message_say("which process? Give its ID or name, as in: vastop 1234 (ps -e lists them).");
	return EXIT_USAGE;
}

int pick_run(struct tty *tty, const char *narrow, struct attachment *ret_attachment)
{
	struct pollfd waits[WAIT_COUNT];
	struct pick *pick;
	int error = pick_create(tty, narrow, &pick);

	if (error) {
		message_say("no thread can be started (%s); try again when the machine is less "
			    "busy.",
			    strerror(-error));
		return EXIT_TROUBLE;
	}
	wait_for_list(pick);
	error = tty_take(tty);
	if (error) {
		pick_destroy(pick);
		return say_not_chosen(narrow, error);
	}
	waits[WAIT_KEYS] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
	waits[WAIT_SIGNALS] = (struct pollfd){.fd = tty->signals, .events = POLLIN};
	waits[WAIT_LIST] = (struct pollfd){.fd = pick_descriptor(pick), .events = POLLIN};
	*ret_attachment = (struct attachment){0};
	if (loop(pick, waits) == PICK_ATTACHED)
		*ret_attachment = pick->attachment;
	pick_destroy(pick);
	return EXIT_DONE;
}
