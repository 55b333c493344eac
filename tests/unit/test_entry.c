/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "entry_child.h"

#include <sys/prctl.h>

#include "app/completion.h"
#include "app/lists.h"
#include "app/option_help.h"
#include "app/sandbox.h"
#include "base/memory.h"
#include "base/text.h"
#include "config.h"
#include "config_folder.h"
#include "ui/command/commands.h"
#include "ui/command/keymap.h"

/* It writes what the function does, and says nothing. */
static void check_about(const char *option, void (*print)(FILE *stream))
{
	char *expected = NULL;
	size_t size;
	FILE *stream = open_memstream(&expected, &size);

	print(stream);
	fclose(stream);
	ENTRY_CHECK(EXIT_DONE, expected, "", option);
	free(expected);
}

static void print_commands(FILE *stream)
{
	struct keymap keymap;

	commands_init_keymap(&keymap);
	lists_print_commands(stream, &keymap);
	keymap_finish(&keymap);
}

static void print_zsh(FILE *stream)
{
	completion_print(stream, COMPLETION_ZSH);
}

static void print_version(FILE *stream)
{
	struct text sandbox = {0};

	sandbox_append_words(&sandbox);
	fprintf(stream, PACKAGE_STRING "\nsandbox: %s\n", text_string(&sandbox));
	text_finish(&sandbox);
}

static void what_it_is_it_says(void **state)
{
	(void)state;
	check_about("--help", option_help_print);
	check_about("--version", print_version);
	check_about("--list-commands", print_commands);
	check_about("--list-themes", lists_print_themes);
	check_about("--list-fields", lists_print_fields);
	check_about("--list-kinds", lists_print_kinds);
	check_about("--completion=zsh", print_zsh);
}

static void a_mistake_is_said_and_nothing_done(void **state)
{
	(void)state;
	ENTRY_CHECK(EXIT_USAGE, "",
		    "vastop: there is no option --nonsense; vastop --help lists "
		    "them.\n",
		    "--nonsense");
}

static void without_arguments_a_process_is_chosen(void **state)
{
	struct captured captured =
		capture_child(entry_child, (char *const[]){(char *)"vastop", NULL});

	(void)state;
	assert_string_equal(captured.said, "vastop: which process? Give its PID or name, as in: "
					   "vastop 1234 (ps -e lists them).\n");
	assert_int_equal(WEXITSTATUS(captured.status), EXIT_USAGE);
	captured_finish(&captured);
}

/* What the user has set up, and what is wrong with it. */
static void the_files_of_the_user_are_read(void **state)
{
	struct config_folder folder;
	char path[200], said[400];

	(void)state;
	config_folder_open(&folder);
	config_folder_write(&folder, "config", "color = never\nthene = nord\n");
	config_folder_path(&folder, "config", path);
	snprintf(said, sizeof(said),
		 "vastop: %s:2: unknown option 'thene'; did you mean 'theme'?\n", path);
	ENTRY_CHECK(EXIT_DONE, "*address space*", said, "--once", recorded_tree(), RECORDED_PID);
	/* They are not read where they mean nothing. */
	check_about("--version", print_version);
	config_folder_close(&folder);
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
}

/* Runs it with its sandbox; the status is whether it has no new privileges afterwards. */
static int run_confined(const void *context)
{
	const bool before = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 0;
	int status = entry_child(context);

	fflush(NULL);
	/* Filters forbid what exit(3) does with sanitizers. */
	_exit(status ? 90 : (before ? 80 : 0) + (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 0));
}

static int confined(char *first, char *second, char *third)
{
	char *argv[] = {(char *)"vastop", first, second, third, NULL};
	struct captured captured = capture_child(run_confined, argv);
	int status = WEXITSTATUS(captured.status);

	captured_finish(&captured);
	return status;
}

static void all_but_words_about_itself_is_confined(void **state)
{
	char *tree = (char *)recorded_tree();

	(void)state;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0))
		skip();
	assert_int_equal(confined((char *)"--once", tree, (char *)RECORDED_PID), 1);
	assert_int_equal(confined((char *)"--version", NULL, NULL), 0);
	assert_int_equal(confined((char *)"--help", NULL, NULL), 0);
	assert_int_equal(confined((char *)"--list-kinds", NULL, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_it_is_it_says),
		cmocka_unit_test(a_mistake_is_said_and_nothing_done),
		cmocka_unit_test(without_arguments_a_process_is_chosen),
		cmocka_unit_test(the_files_of_the_user_are_read),
		cmocka_unit_test(all_but_words_about_itself_is_confined),
	};

	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	return cmocka_run_group_tests_name("entry", tests, NULL, NULL);
}
