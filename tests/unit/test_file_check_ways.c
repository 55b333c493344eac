/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Which places of a file are looked at, on which way: the ways are the test's own here. */

#include "fake_errands.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#include "files/file_check.h"
#include "files/mapped_open.h"
#include "model/checked_file.h"
#include "model/target.h"
#include "model/vma.h"

/* A closed folder, one that is open to everyone, and two files. */
static char folder[64];
static char closed[80], open_to_all[80], file_path[96], other_path[96];

static struct {
	bool dead;
	int absent;        /* ways that lead nowhere, bits */
	int other;         /* ways that lead to another file */
	const char *open;  /* the path that everyone may write to */
	const char *gone;  /* the path that leads nowhere but at the end of the search for a way */
	unsigned searches; /* ways that were tried */
} world;

static const char *const way_names[MAPPED_WAY_COUNT] = {"ours",   "inside", "root",
							"abroad", "link",   "exe"};

static int open_path(const char *path)
{
	int descriptor = open(path, O_PATH | O_CLOEXEC);

	assert_true(descriptor >= 0);
	return descriptor;
}

void mapped_root_init(struct mapped_root *root, int directory, unsigned avoid)
{
	*root = (struct mapped_root){.directory = directory, .avoid = avoid};
}

void mapped_root_finish(struct mapped_root *root)
{
	(void)root;
	call_log_say("finish root");
}

bool mapped_root_is_live(struct mapped_root *root)
{
	(void)root;
	return !world.dead;
}

int mapped_way_open(struct mapped_root *root, enum mapped_way way, const struct vma *vma,
		    const char *path)
{
	bool is_file = !strcmp(path, vma->name);

	(void)root;
	call_log_say("%s to %s", way_names[way], path);
	if (world.absent & 1 << way)
		return -ENOENT;
	if (world.gone && !strcmp(path, world.gone) && world.searches)
		return -EACCES;
	world.searches += is_file;
	if (world.open && !strcmp(path, world.open))
		return open_path(open_to_all);
	if (is_file)
		return open_path(world.other & 1 << way ? other_path : file_path);
	return open_path(closed);
}

bool mapped_ways_read_path(const struct mapped_root *root, const struct vma *vma, struct text *path)
{
	(void)root;
	(void)vma;
	(void)path;
	return false;
}

int mapped_find(struct mapped_root *root, const struct vma *vma, struct mapped_found *ret_found)
{
	(void)root;
	(void)vma;
	assert_int_equal(statx(AT_FDCWD, file_path, 0, STATX_BASIC_STATS, &ret_found->stat), 0);
	return open_path(file_path);
}

int mapped_open(int descriptor)
{
	(void)descriptor;
	return -ENXIO;
}

static void make_file(char *path, const char *name)
{
	snprintf(path, 96, "%s/%s", closed, name);
	close(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600));
	assert_int_equal(chmod(path, 0600), 0);
}

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/vastop-test-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(closed, sizeof(closed), "%s/closed", folder);
	snprintf(open_to_all, sizeof(open_to_all), "%s/open", folder);
	assert_int_equal(mkdir(closed, 0755), 0);
	assert_int_equal(mkdir(open_to_all, 0755), 0);
	assert_int_equal(chmod(closed, 0755), 0);
	assert_int_equal(chmod(open_to_all, 0777), 0);
	make_file(file_path, "file");
	make_file(other_path, "other");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(file_path);
	unlink(other_path);
	rmdir(closed);
	rmdir(open_to_all);
	return rmdir(folder);
}

static int begin(void **state)
{
	(void)state;
	memset(&world, 0, sizeof(world));
	return 0;
}

static void expect(bool deleted, enum checked_writer writer, const char *place, bool replaced,
		   const char *calls)
{
	const struct vma vma = {
		.start = 0x7000, .end = 0x8000, .inode = 9, .deleted = deleted, .name = "/lib/a"};
	struct checked_file file = {.name = NULL};
	struct errands errands;
	struct errand *errand;

	errands_init(&errands);
	errand = file_check_create(&errands, &vma, 0, geteuid());
	call_log_clear();
	world.searches = 0;
	errands_run(&errands, -1);
	file_check_take(errand, &file);
	errand_drop(errand);
	assert_int_equal(file.state, CHECKED_FAILED);
	assert_int_equal(file.writer, writer);
	assert_int_equal(file.replaced, replaced);
	if (place)
		assert_string_equal(file.place, place);
	else
		assert_null(file.place);
	free(file.place);
	assert_string_equal(strchr(call_log.text, '\n') + 1, calls);
}

#define PLACES(way) way " to /.\n" way " to /lib/.\n" way " to /lib/a\n"
#define END         "finish root\n"

/* From the root on down; the path of the root itself has its slash. */
static void each_place_has_its_path(void **state)
{
	(void)state;
	expect(false, CHECKED_WRITER_NONE, NULL, false, "ours to /lib/a\n" PLACES("ours") END);
	world.open = "/.";
	expect(false, CHECKED_WRITER_EVERYONE, "/", false, "ours to /lib/a\n" PLACES("ours") END);
	world.open = "/lib/.";
	expect(false, CHECKED_WRITER_EVERYONE, "/lib", false,
	       "ours to /lib/a\n" PLACES("ours") END);
}

/* It is the way that leads to the file that was found, not to another one. */
static void the_way_is_that_of_the_file(void **state)
{
	(void)state;
	world.absent = 1 << MAPPED_WAY_OURS;
	world.other = 1 << MAPPED_WAY_INSIDE;
	expect(false, CHECKED_WRITER_NONE, NULL, false,
	       "ours to /lib/a\ninside to /lib/a\nroot to /lib/a\n" PLACES("root") END);
	world.absent = 0;
	world.other = 1 << MAPPED_WAY_OURS | 1 << MAPPED_WAY_INSIDE | 1 << MAPPED_WAY_ROOT;
	expect(false, CHECKED_WRITER_NONE, NULL, false,
	       "ours to /lib/a\ninside to /lib/a\nroot to /lib/a\nabroad to /lib/a\n" PLACES(
		       "abroad") END);
	world.other |= 1 << MAPPED_WAY_ABROAD;
	expect(false, CHECKED_WRITER_UNKNOWN, NULL, false,
	       "ours to /lib/a\ninside to /lib/a\nroot to /lib/a\nabroad to /lib/a\n" END);
}

/* What cannot be looked at leaves it open, but for what lies above another root. */
static void every_place_has_to_be_seen(void **state)
{
	(void)state;
	world.gone = "/.";
	expect(false, CHECKED_WRITER_UNKNOWN, NULL, false, "ours to /lib/a\nours to /.\n" END);
	world.gone = "/lib/.";
	expect(false, CHECKED_WRITER_UNKNOWN, NULL, false,
	       "ours to /lib/a\nours to /.\nours to /lib/.\n" END);
	world.gone = "/lib/a";
	expect(false, CHECKED_WRITER_UNKNOWN, NULL, false, "ours to /lib/a\n" PLACES("ours") END);
	world.absent = 1 << MAPPED_WAY_OURS;
	world.gone = "/.";
	expect(false, CHECKED_WRITER_NONE, NULL, false,
	       "ours to /lib/a\ninside to /lib/a\n" PLACES("inside") END);
	/* A folder that anyone may write is found even where the first place is gone. */
	world.open = "/lib/.";
	expect(false, CHECKED_WRITER_EVERYONE, "/lib", false,
	       "ours to /lib/a\ninside to /lib/a\n" PLACES("inside") END);
	world.open = NULL;
	world.gone = "/lib/.";
	expect(false, CHECKED_WRITER_UNKNOWN, NULL, false,
	       "ours to /lib/a\ninside to /lib/a\ninside to /.\ninside to /lib/.\n" END);
	world.absent |= 1 << MAPPED_WAY_INSIDE;
	world.gone = "/.";
	expect(false, CHECKED_WRITER_UNKNOWN, NULL, false,
	       "ours to /lib/a\ninside to /lib/a\nroot to /lib/a\nroot to /.\n" END);
}

static void of_the_dead_no_place_is_asked(void **state)
{
	(void)state;
	world.dead = true;
	expect(false, CHECKED_WRITER_UNKNOWN, NULL, false, END);
}

/* Whatever has the name now, on any way. */
static void a_successor_may_be_on_any_way(void **state)
{
	(void)state;
	world.other = -1;
	expect(true, CHECKED_WRITER_UNKNOWN, NULL, true, "ours to /lib/a\n" END);
	world.absent = 1 << MAPPED_WAY_OURS | 1 << MAPPED_WAY_INSIDE | 1 << MAPPED_WAY_ROOT;
	expect(true, CHECKED_WRITER_UNKNOWN, NULL, true,
	       "ours to /lib/a\ninside to /lib/a\nroot to /lib/a\nabroad to /lib/a\n" END);
	world.absent |= 1 << MAPPED_WAY_ABROAD;
	expect(true, CHECKED_WRITER_UNKNOWN, NULL, false,
	       "ours to /lib/a\ninside to /lib/a\nroot to /lib/a\nabroad to /lib/a\n" END);
}

/* What a helper may say at most. */
static void replies_have_a_range(void **state)
{
	static const struct {
		size_t at;
		uint8_t most;
	} bytes[] = {{0, CHECKED_FAILED}, {1, CHECKED_WRITER_BESIDE}};
	struct errand errand = {.state = ERRAND_DONE};

	(void)state;
	for (size_t i = 0; i < sizeof(bytes) / sizeof(bytes[0]); i++)
		for (uint8_t value = 0; value <= bytes[i].most + 1; value++) {
			struct checked_file file = {.name = NULL, .writer = 77};
			const uint8_t expected = value > bytes[i].most ? 0 : value;

			text_clear(&errand.reply);
			for (size_t j = 0; j < 256; j++)
				text_append_char(&errand.reply, '\0');
			errand.reply.bytes[bytes[i].at] = (char)value;
			file_check_take(&errand, &file);
			if (value > bytes[i].most) {
				assert_int_equal(file.state, CHECKED_FAILED);
				assert_int_equal(file.writer, CHECKED_WRITER_UNKNOWN);
			} else {
				assert_int_equal(bytes[i].at ? file.writer : file.state, expected);
			}
			assert_null(file.place);
		}
	text_finish(&errand.reply);
}

#define TEST(function) cmocka_unit_test_setup(function, begin)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_place_has_its_path),       TEST(the_way_is_that_of_the_file),
		TEST(every_place_has_to_be_seen),    TEST(of_the_dead_no_place_is_asked),
		TEST(a_successor_may_be_on_any_way), TEST(replies_have_a_range),
	};

	return cmocka_run_group_tests_name("file_check_ways", tests, set_up, tear_down);
}
