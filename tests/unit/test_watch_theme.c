/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pseudo_terminal.h"

#include "app/watch_theme.h"
#include "config_folder.h"
#include "screen/canvas.h"
#include "ui/ui.h"

/* Shows a word with the theme that is next, until that has the name. */
static void go_to(const char *name, struct watch_theme *theme, struct terminal *terminal,
		  struct canvas *canvas, const char *message)
{
	struct ui ui = {.host = {.letters = true}};

	for (int i = 0; i < 100 && strcmp(text_string(&theme->name), name); i++)
		watch_theme_next(theme, terminal, &ui);
	CHECK(!strcmp(text_string(&theme->name), name));
	CHECK(!strncmp(ui.message.text, message, strlen(message)));
	CHECK(ui.request.bits == UI_DRAW);
	/* Kinds are told by colours. */
	CHECK(!ui.host.letters);
	mark(name);
	terminal_show(terminal, canvas);
	mark(ui.message.text);
}

static void switch_themes(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);
	struct canvas *canvas = canvas_create(40, 10, false);
	struct watch_theme theme;

	(void)ready;
	watch_theme_start(&theme, "no such theme");
	CHECK(!strcmp(text_string(&theme.name), "no such theme"));
	watch_theme_finish(&theme);
	watch_theme_start(&theme, NULL);
	CHECK(!strcmp(text_string(&theme.name), "default"));
	canvas_write(canvas, 0, 0, 40, "heap", ROLE_KIND_HEAP);
	terminal_show(terminal, canvas);
	go_to("green", &theme, terminal, canvas, "Theme green.");
	go_to("red", &theme, terminal, canvas, "Theme red, line 2: unknown colour 'purpel'");
	go_to("default", &theme, terminal, canvas, "Theme default.");
	watch_theme_finish(&theme);
	CHECK(!theme.name.bytes && !theme.answer.bytes);
	canvas_destroy(canvas);
	terminal_destroy(terminal);
}

static void the_next_theme_is_shown_at_once(void **state)
{
	struct play play = {.type = "xterm-256color", .child = switch_themes};
	struct config_folder folder;
	struct text output = {0};
	char path[200];
	const char *green, *red;

	(void)state;
	config_folder_open(&folder);
	config_folder_write(&folder, "themes/green.theme", "kind-heap = green\n");
	config_folder_write(&folder, "themes/red.theme", "kind-heap = red\nkind-text = purpel\n");
	/* Cannot be read, and is left out. */
	assert_int_equal(mkdir(config_folder_path(&folder, "themes/not.theme", path), 0700), 0);
	assert_runs(&play, &output);
	green = strstr(text_string(&output), "green");
	assert_non_null(green);
	red = strstr(green, "red");
	assert_non_null(red);
	assert_non_null(strstr(green, "\033[32mheap"));
	assert_non_null(strstr(red, "\033[31mheap"));
	assert_non_null(strstr(red, "Theme red, line 2: unknown colour 'purpel'"));
	assert_null(strstr(text_string(&output), "Theme not"));
	text_finish(&output);
	config_folder_close(&folder);
}

static void switch_plainly(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_NEVER);
	struct watch_theme theme;
	struct ui ui = {0};

	(void)ready;
	watch_theme_start(&theme, NULL);
	watch_theme_next(&theme, terminal, &ui);
	CHECK(!strncmp(ui.message.text, "Theme ", 6));
	CHECK(strstr(ui.message.text,
		     "; without colours, themes differ only in bold, underline and the like."));
	CHECK(ui.host.letters);
	CHECK(ui.request.bits == UI_DRAW);
	watch_theme_finish(&theme);
	terminal_destroy(terminal);
}

static void without_colours_the_difference_is_told(void **state)
{
	(void)state;
	assert_plays("xterm-256color", switch_plainly);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_next_theme_is_shown_at_once),
		cmocka_unit_test(without_colours_the_difference_is_told),
	};

	return cmocka_run_group_tests_name("watch_theme", tests, NULL, NULL);
}
