/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fake_file_errands.h"
#include "kernel/random_key.h"

static int keys; /* that were asked for */

struct hash_key random_key(void)
{
	return (struct hash_key){{++keys}};
}

/* Code of one file, and of another. */
static const struct vma a = {
	.start = 0x1000, .end = 0x2000, .inode = 1, .name = "/a", .perms = PERM_READ | PERM_EXEC};
static const struct vma b = {
	.start = 0x5000, .end = 0x6000, .inode = 2, .name = "/b", .perms = PERM_READ | PERM_EXEC};

struct files {
	const struct elf_file *files;
	size_t count;
};

static struct errands errands;
static struct elf_cache *cache;

static struct files look_up(struct vma *vmas, size_t count)
{
	const struct scout scout = {.directory = 9, .avoid = 5};
	struct files files;

	elf_cache_ask(cache, &scout, vmas, count);
	elf_cache_take(cache, &scout, &files.files, &files.count);
	return files;
}

static struct files look_up_one(struct vma vma)
{
	return look_up(&vma, 1);
}

static struct files look_up_both(void)
{
	struct vma vmas[] = {a, b};

	return look_up(vmas, 2);
}

static void assert_log(const char *expected)
{
	assert_string_equal(text_string(&world.log), expected);
	text_clear(&world.log);
}

static int set_up(void **state)
{
	(void)state;
	memset(&world, 0, sizeof(world));
	world.state = ERRAND_DONE;
	world.finding = (struct file_finding){
		.found = true, .readable = true, .identity = FILE_IDENTITY_PROVEN};
	keys = 0;
	cache = elf_cache_create(&errands);
	/* Each cache hashes in a way of its own, which no process can foresee. */
	assert_int_equal(keys, 1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	elf_cache_destroy(cache);
	elf_cache_destroy(NULL);
	for (size_t i = 0; i < world.count; i++)
		errand_settle(world.made[i], ERRAND_FAILED);
	text_finish(&world.log);
	return 0;
}

/* After 64 look-ups it is looked at again, although nothing changed. */
static void a_file_is_asked_about_once_and_now_and_then(void **state)
{
	struct files files = look_up_both();

	(void)state;
	assert_log("/a; /b");
	assert_int_equal(files.count, 2);
	assert_string_equal(files.files[0].key.name, "/a");
	assert_true(files.files[0].readable && files.files[0].image);
	assert_false(files.files[0].stalled);
	assert_int_equal(files.files[1].identity, FILE_IDENTITY_PROVEN);
	for (int i = 0; i < 63; i++) {
		files = look_up_both();
		assert_int_equal(files.count, 2);
	}
	assert_log("");
	assert_true(world.begun == 1 && world.run == 1 && world.tidied == 64);
	look_up_both();
	assert_log("/a known; /b known");
	assert_true(world.begun == 2 && world.run == 2);
}

static void another_mapping_is_a_reason_to_ask(void **state)
{
	struct vma longer = a;
	struct vma vmas[2] = {a, b};

	(void)state;
	look_up_both();
	assert_log("/a; /b");
	longer.end += 0x1000;
	vmas[0] = longer;
	look_up(vmas, 2);
	assert_log("/a known");
	look_up(vmas, 2);
	assert_log("");
	/* Those that changed are new from then on. */
	for (int i = 0; i < 61; i++)
		look_up(vmas, 2);
	assert_log("");
	vmas[1].end += 0x1000;
	look_up(vmas, 2);
	assert_log("/b known");
	vmas[1].end += 0x1000;
	look_up(vmas, 2);
	assert_log("/a known; /b known");
}

static void what_is_not_worth_it_is_not_asked_about(void **state)
{
	struct vma data = a, relative = a;
	struct files files;

	(void)state;
	data.perms = PERM_READ;
	files = look_up_one(data);
	assert_log("");
	assert_int_equal(files.count, 1);
	assert_false(files.files[0].readable || files.files[0].stalled);
	assert_int_equal(files.files[0].identity, FILE_IDENTITY_NONE);
	relative.name = "a/relative/path";
	look_up_one(relative);
	assert_log("");
	/* What was known of it is forgotten. */
	look_up_one(a);
	assert_log("/a");
	data.end += 0x1000;
	files = look_up_one(data);
	assert_false(files.files[0].readable || files.files[0].image);
	assert_log("");
}

/* For 16 rounds, which are look-ups that found a change. */
static void what_is_unmapped_is_remembered_for_a_while(void **state)
{
	struct vma other = b;
	struct files files;

	(void)state;
	for (int rounds = 16; rounds < 18; rounds++) {
		look_up_both();
		text_clear(&world.log);
		for (int i = 0; i < rounds; i++) {
			other.end += 0x1000;
			files = look_up_one(other);
			assert_int_equal(files.count, 1);
			assert_string_equal(files.files[0].key.name, "/b");
		}
		text_clear(&world.log);
		look_up_one(a);
		assert_log(rounds == 16 ? "/a known" : "/a");
	}
}

static void no_more_than_a_thousand_are_remembered(void **state)
{
	enum { COUNT = 1030 };
	static struct vma vmas[COUNT];
	static char names[COUNT][16];
	size_t known = 0;

	(void)state;
	for (uint64_t i = 0; i < COUNT; i++) {
		snprintf(names[i], sizeof(names[i]), "/%d", (int)i);
		vmas[i] = a;
		vmas[i].start = 0x10000 * (i + 1);
		vmas[i].end = vmas[i].start + 0x1000;
		vmas[i].inode = i + 10;
		vmas[i].name = names[i];
	}
	look_up(vmas, COUNT);
	look_up_one(a);
	text_clear(&world.log);
	look_up(vmas, COUNT);
	for (const char *at = text_string(&world.log); (at = strstr(at, "known")); at++)
		known++;
	assert_int_equal(known, 1024);
}

/* As long as it stays mapped its inode is not reused. */
static void what_was_read_holds_while_it_is_mapped(void **state)
{
	struct vma longer = a;
	struct files files = look_up_one(a);

	(void)state;
	world.finding = (struct file_finding){.found = false};
	longer.end += 0x1000;
	files = look_up_one(longer);
	assert_log("/a; /a known");
	assert_true(files.files[0].readable && files.files[0].image);
	/* It was away meanwhile. */
	look_up_one(b);
	files = look_up_one(longer);
	assert_log("/b; /a known");
	assert_false(files.files[0].readable || files.files[0].image);
	assert_int_equal(files.files[0].identity, FILE_IDENTITY_UNKNOWN);
}

static void what_is_the_same_is_not_read_again(void **state)
{
	struct vma longer = a;
	const struct elf_image *image = look_up_one(a).files[0].image;
	struct files files;

	(void)state;
	world.finding = (struct file_finding){
		.found = true, .same = true, .identity = FILE_IDENTITY_LIKELY};
	longer.end += 0x1000;
	files = look_up_one(longer);
	assert_ptr_equal(files.files[0].image, image);
	assert_true(files.files[0].readable);
	assert_int_equal(files.files[0].identity, FILE_IDENTITY_LIKELY);
	/* Another one of that name. */
	world.finding = (struct file_finding){.found = true, .identity = FILE_IDENTITY_LIKELY};
	files = look_up_one(a);
	assert_false(files.files[0].readable || files.files[0].image);
}

static void what_does_not_answer_is_asked_again_when_that_is_due(void **state)
{
	struct files files;

	(void)state;
	world.state = ERRAND_STALLED;
	world.suspect = true;
	files = look_up_both();
	assert_log("/a; /b");
	assert_true(files.files[0].stalled && !files.files[0].readable);
	look_up_both();
	assert_log("");
	world.due = true;
	world.state = ERRAND_DONE;
	world.suspect = false;
	files = look_up_both();
	assert_log("/a suspect; /b suspect");
	assert_true(!files.files[0].stalled && files.files[0].readable);
	/* All are answered: nothing is due. */
	look_up_both();
	assert_log("");
	/* One that was answered once is not called so. */
	world.state = ERRAND_STALLED;
	files = look_up_one(b);
	assert_false(files.files[0].stalled);
}

static void an_answer_may_come_later(void **state)
{
	struct files files;

	(void)state;
	world.state = ERRAND_ASKED;
	files = look_up_one(a);
	assert_true(files.files[0].stalled && !files.files[0].readable);
	world.state = ERRAND_DONE;
	world.due = true;
	files = look_up_one(a);
	assert_log("/a");
	assert_true(!files.files[0].stalled && files.files[0].readable);
	/* Nonsense is no answer. */
	world.bad = true;
	files = look_up_one(b);
	assert_false(files.files[0].stalled || files.files[0].readable);
}

static void what_is_at_hand_takes_no_errand(void **state)
{
	struct vma longer = a;
	struct files files;

	(void)state;
	world.spared = true;
	files = look_up_both();
	assert_log("/a at hand; /b at hand");
	assert_int_equal(world.count, 0);
	assert_true(files.files[0].readable && files.files[0].image && !files.files[0].stalled);
	assert_int_equal(files.files[1].identity, FILE_IDENTITY_PROVEN);
	/* Nothing is open, so nothing is ever due before its time. */
	world.due = true;
	look_up_both();
	assert_log("");
	/* While it stays mapped, what was read holds, and a file may come out of reach. */
	longer.end += 0x1000;
	world.finding = (struct file_finding){.found = true, .same = true, .identity = 2};
	files = look_up_one(longer);
	assert_log("/a known at hand");
	assert_true(files.files[0].readable && files.files[0].identity == 2);
	world.spared = false;
	look_up_one(a);
	assert_log("/a known");
}

/* An answer that is still to come does not replace one that is newer. */
static void what_is_at_hand_ends_an_errand(void **state)
{
	struct vma longer = a;
	struct files files;

	(void)state;
	world.state = ERRAND_ASKED;
	look_up_one(a);
	assert_log("/a");
	world.state = ERRAND_DONE;
	world.bad = true;
	world.spared = true;
	longer.end += 0x1000;
	files = look_up_one(longer);
	assert_log("/a at hand");
	assert_true(files.files[0].readable && !files.files[0].stalled);
}

/* Deleted while it is mapped: what was read is handed on. */
static void a_deleted_file_is_the_same(void **state)
{
	struct vma deleted = a;
	struct files files;

	(void)state;
	deleted.deleted = true;
	look_up_one(a);
	files = look_up_one(deleted);
	assert_true(files.files[0].readable && files.files[0].image);
	assert_int_equal(files.count, 1);
	assert_true(files.files[0].key.deleted);
	text_clear(&world.log);
	/* It was away meanwhile: another one. */
	look_up_one(a);
	look_up_one(b);
	deleted.inode = 1;
	text_clear(&world.log);
	look_up_one(b);
	deleted.end += 0x1000;
	files = look_up_one(deleted);
	assert_int_equal(files.count, 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_asked_about_once_and_now_and_then),
		TEST(another_mapping_is_a_reason_to_ask),
		TEST(what_is_not_worth_it_is_not_asked_about),
		TEST(what_is_unmapped_is_remembered_for_a_while),
		TEST(no_more_than_a_thousand_are_remembered),
		TEST(what_was_read_holds_while_it_is_mapped),
		TEST(what_is_the_same_is_not_read_again),
		TEST(what_does_not_answer_is_asked_again_when_that_is_due),
		TEST(an_answer_may_come_later),
		TEST(what_is_at_hand_takes_no_errand),
		TEST(what_is_at_hand_ends_an_errand),
		TEST(a_deleted_file_is_the_same),
	};

	return cmocka_run_group_tests_name("elf_cache_asks", tests, NULL, NULL);
}
