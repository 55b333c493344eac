/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core_bytes.h"

#include <errno.h>

#include "core/core_headers.h"
#include "core/core_notes.h"

static void read_made(struct core_made *made, struct core_notes *notes)
{
	struct core_headers headers;

	assert_int_equal(core_headers_read(&made->reader, &headers), 0);
	assert_int_equal(core_notes_read(&made->reader, &headers, notes), 0);
	core_headers_finish(&headers);
}

static void read_core(const struct core_bytes *bytes, struct core_notes *notes)
{
	struct core_made made;

	core_made_init(&made, &bytes->core);
	read_made(&made, notes);
	free(made.bytes);
}

static void reads_who_it_was(void **state)
{
	struct core_bytes bytes;
	struct core_notes notes;

	(void)state;
	core_bytes_init(&bytes);
	read_core(&bytes, &notes);
	assert_int_equal(notes.pid, CORE_PID);
	assert_int_equal(notes.uid, 1000);
	assert_string_equal(notes.name, "segfaults");
	assert_string_equal(notes.arguments, "./segfaults now");
	assert_int_equal(notes.thread_count, 2);
	assert_int_equal(notes.threads[1].tid, CORE_PID + 1);
#if defined(__x86_64__) || defined(__aarch64__)
	assert_int_equal(notes.threads[0].stack_pointer, CORE_STACK_END - 0x500);
	assert_int_equal(notes.threads[1].stack_pointer, CORE_THREAD_END - 0x1100);
#endif
#ifdef __x86_64__
	assert_int_equal(notes.threads[0].thread_pointer, 0);
	assert_int_equal(notes.threads[1].thread_pointer, CORE_THREAD_END - 0x900);
#endif
	assert_int_equal(notes.auxv_length, bytes.core.auxv_length);
	assert_true(notes.has_files);
	assert_int_equal(notes.file_count, 2);
	assert_int_equal(notes.files[1].offset, 2 * CORE_PAGE);
	assert_string_equal(notes.files[1].name, CORE_PROGRAM_NAME);
	assert_false(notes.cut);
	core_notes_finish(&notes);
}

static void reads_what_ended_it(void **state)
{
	struct core_bytes bytes;
	struct core_notes notes;

	(void)state;
	core_bytes_init(&bytes);
	read_core(&bytes, &notes);
	assert_int_equal(notes.death.signal, SIGSEGV);
	assert_true(notes.death.has_code && notes.death.has_address);
	assert_int_equal(notes.death.code, SEGV_MAPERR);
	assert_int_equal(notes.death.address, CORE_FAULT);
	assert_int_equal(notes.death.tid, CORE_PID);
	assert_int_equal(notes.death.sender, 0);
	assert_false(notes.death.by_debugger);
	core_notes_finish(&notes);

	memset(&bytes.info, 0, sizeof(bytes.info));
	bytes.info.si_signo = SIGABRT;
	bytes.info.si_code = SI_TKILL;
	bytes.info.si_pid = CORE_PID;
	read_core(&bytes, &notes);
	assert_int_equal(notes.death.signal, SIGABRT);
	assert_int_equal(notes.death.sender, CORE_PID);
	assert_false(notes.death.has_address);
	core_notes_finish(&notes);

	/* An address that the processor did not give. */
	bytes.info.si_signo = SIGSEGV;
	bytes.info.si_code = SI_KERNEL;
	read_core(&bytes, &notes);
	assert_false(notes.death.has_address);
	assert_int_equal(notes.death.sender, 0);
	core_notes_finish(&notes);

	bytes.core.info = NULL;
	read_core(&bytes, &notes);
	assert_int_equal(notes.death.signal, SIGSEGV);
	assert_false(notes.death.has_code);
	core_notes_finish(&notes);
}

static void reads_what_a_debugger_wrote(void **state)
{
	struct core_bytes bytes;
	struct core_notes notes;

	(void)state;
	core_bytes_init(&bytes);
	bytes.core.by_debugger = true;
	bytes.core.signal = SIGTRAP;
	bytes.core.info = NULL;
	read_core(&bytes, &notes);
	assert_true(notes.death.by_debugger);
	assert_int_equal(notes.death.signal, SIGTRAP);
	assert_int_equal(notes.files[1].offset, 2 * CORE_PAGE);
	core_notes_finish(&notes);
}

/* Where the second note begins. */
static uint64_t behind_first(const struct core_made *made, uint64_t at)
{
	Elf64_Nhdr note;

	memcpy(&note, made->bytes + at, sizeof(note));
	return at + sizeof(note) + ((note.n_namesz + 3) & ~3u) + ((note.n_descsz + 3) & ~3u);
}

/* Notes may be in several places; a place with nothing in it is one, too. */
static void notes_of_several_places_are_read(void **state)
{
	struct core_headers headers;
	struct core_bytes bytes;
	struct core_notes notes;
	struct core_made made;
	struct core_span span;
	uint64_t second;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	assert_int_equal(core_headers_read(&made.reader, &headers), 0);
	span = headers.notes[0];
	second = behind_first(&made, span.offset);
	headers.note_count = 3;
	headers.notes[0] = (struct core_span){span.offset, second - span.offset};
	headers.notes[1] = (struct core_span){second, 0};
	headers.notes[2] = (struct core_span){second, span.offset + span.size - second};
	assert_int_equal(core_notes_read(&made.reader, &headers, &notes), 0);
	assert_int_equal(notes.pid, CORE_PID);
	assert_int_equal(notes.thread_count, 2);
	assert_int_equal(notes.file_count, 2);
	assert_int_equal(notes.auxv_length, bytes.core.auxv_length);
	assert_false(notes.cut);
	core_notes_finish(&notes);
	/* The first one alone, and a byte too little of it. */
	headers.note_count = 1;
	for (uint64_t less = 0; less < 2; less++) {
		headers.notes[0].size = second - span.offset - less;
		assert_int_equal(core_notes_read(&made.reader, &headers, &notes), 0);
		assert_int_equal(notes.thread_count, !less);
		assert_int_equal(notes.pid, 0);
		assert_false(notes.cut);
		core_notes_finish(&notes);
	}
	/* What lies beyond the file is cut. */
	headers.notes[0] = (struct core_span){made.file.size, 1};
	assert_int_equal(core_notes_read(&made.reader, &headers, &notes), 0);
	assert_true(notes.cut);
	core_notes_finish(&notes);
	headers.notes[0] = (struct core_span){made.file.size - 1, 1};
	assert_int_equal(core_notes_read(&made.reader, &headers, &notes), 0);
	assert_false(notes.cut);
	core_notes_finish(&notes);
	headers.notes[0] = (struct core_span){16, UINT64_MAX};
	assert_int_equal(core_notes_read(&made.reader, &headers, &notes), 0);
	assert_true(notes.cut);
	core_notes_finish(&notes);
	core_headers_finish(&headers);
	free(made.bytes);
}

static int fail_to_read(void *context, uint64_t offset, void *bytes, size_t size)
{
	(void)context, (void)offset, (void)bytes, (void)size;
	return -EIO;
}

static void errors_of_reading_are_told(void **state)
{
	const struct file_reader reader = {.read = fail_to_read, .size = 4096};
	const struct core_headers headers = {.notes = {{64, 100}}, .note_count = 1};
	struct core_notes notes;

	(void)state;
	assert_int_equal(core_notes_read(&reader, &headers, &notes), -EIO);
}

/* Whichever read it is: that of notes, that of the list of files, or that of what is behind it. */
static void each_error_ends_the_reading(void **state)
{
	struct core_bytes bytes;
	struct core_headers headers;
	struct core_notes notes;
	struct core_made made;
	int error = -EIO, reads = 0;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	assert_int_equal(core_headers_read(&made.reader, &headers), 0);
	for (; error && reads < 64; reads++) {
		struct core_failing failing = {&made, reads};
		const struct file_reader file = {core_failing_read, &failing, made.file.size};

		error = core_notes_read(&file, &headers, &notes);
		assert_int_equal(error, failing.left < 0 ? -EIO : 0);
		assert_true(!error || (!notes.threads && !notes.files && !notes.names));
	}
	assert_int_equal(error, 0);
	assert_true(reads > 2);
	assert_int_equal(notes.thread_count, 2);
	core_notes_finish(&notes);
	core_headers_finish(&headers);
	free(made.bytes);
}

/* Each signal that a fault raises has an address; of others a number is none. */
static void faults_have_addresses(void **state)
{
	static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE};
	struct core_bytes bytes;
	struct core_notes notes;

	(void)state;
	for (int number = 1; number < NSIG; number++) {
		bool is_fault = false;

		for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
			is_fault |= number == faults[i];
		core_bytes_init(&bytes);
		bytes.info.si_signo = number;
		bytes.info.si_code = 1;
		read_core(&bytes, &notes);
		assert_int_equal(notes.death.signal, number);
		assert_int_equal(notes.death.has_address, is_fault);
		assert_int_equal(notes.death.address, is_fault ? CORE_FAULT : 0);
		core_notes_finish(&notes);
	}
	/* What a process sends says who it was, also if that is a fault's signal. */
	bytes.info = (siginfo_t){.si_signo = SIGSEGV, .si_code = 0};
	bytes.info.si_pid = 77;
	read_core(&bytes, &notes);
	assert_int_equal(notes.death.sender, 77);
	assert_false(notes.death.has_address);
	core_notes_finish(&notes);
}

/* Of the numbers that a core file may have only those are signals that the system has. */
static void signals_are_those_of_the_system(void **state)
{
	static const int signals[][2] = {
		{1, 1}, {NSIG - 1, NSIG - 1}, {NSIG, 0}, {NSIG + 1, 0}, {0, 0}, {-1, 0}};
	struct core_bytes bytes;
	struct core_notes notes;

	(void)state;
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		core_bytes_init(&bytes);
		bytes.core.signal = signals[i][0];
		bytes.core.info = NULL;
		read_core(&bytes, &notes);
		assert_int_equal(notes.death.signal, signals[i][1]);
		core_notes_finish(&notes);
	}
}

static void names_need_no_end(void **state)
{
	struct core_bytes bytes;
	struct core_notes notes;

	(void)state;
	core_bytes_init(&bytes);
	bytes.core.name = "sixteen-bytes-xxyyzz";
	bytes.core.arguments = "a b  ";
	read_core(&bytes, &notes);
	assert_string_equal(notes.name, "sixteen-bytes-xx");
	assert_string_equal(notes.arguments, "a b");
	core_notes_finish(&notes);
}

/* The first process of a system, and a number that is none. */
static void threads_have_numbers_above_nought(void **state)
{
	struct core_bytes bytes;
	struct core_notes notes;

	(void)state;
	core_bytes_init(&bytes);
	bytes.threads[0].tid = 1;
	bytes.threads[1].tid = 0;
	read_core(&bytes, &notes);
	assert_int_equal(notes.thread_count, 1);
	assert_int_equal(notes.threads[0].tid, 1);
	core_notes_finish(&notes);
	bytes.threads[0].tid = -1;
	read_core(&bytes, &notes);
	assert_int_equal(notes.thread_count, 0);
	core_notes_finish(&notes);
}

static void what_is_missing_is_unknown(void **state)
{
	const struct written_segment segment = {CORE_PAGE, 2 * CORE_PAGE, PF_R, NULL, 0};
	struct core_bytes bytes = {.core = {.segments = &segment, .segment_count = 1}};
	struct core_notes notes;

	(void)state;
	bytes.core.no_files = true;
	read_core(&bytes, &notes);
	assert_int_equal(notes.pid, 0);
	assert_int_equal(notes.uid, TARGET_UNKNOWN);
	assert_int_equal(notes.thread_count, 0);
	assert_int_equal(notes.death.signal, 0);
	assert_false(notes.has_files);
	core_notes_finish(&notes);
}

/* Each byte of the headers of notes is made wrong in turn, and the file is cut at each. */
static void stands_what_is_wrong(void **state)
{
	struct core_bytes bytes;
	struct core_headers headers;
	struct core_notes notes;
	struct core_made made;
	size_t first, last, size;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	assert_int_equal(core_headers_read(&made.reader, &headers), 0);
	first = headers.notes[0].offset;
	last = first + headers.notes[0].size;
	size = made.file.size;
	core_headers_finish(&headers);
	for (size_t at = first; at < last; at++) {
		char kept = made.bytes[at];

		made.bytes[at] = (char)0xff;
		read_made(&made, &notes);
		core_notes_finish(&notes);
		made.bytes[at] = kept;
		core_made_cut(&made, at);
		read_made(&made, &notes);
		assert_true(notes.cut);
		core_notes_finish(&notes);
		core_made_cut(&made, size);
	}
	free(made.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_who_it_was),
		cmocka_unit_test(reads_what_ended_it),
		cmocka_unit_test(reads_what_a_debugger_wrote),
		cmocka_unit_test(signals_are_those_of_the_system),
		cmocka_unit_test(notes_of_several_places_are_read),
		cmocka_unit_test(errors_of_reading_are_told),
		cmocka_unit_test(each_error_ends_the_reading),
		cmocka_unit_test(faults_have_addresses),
		cmocka_unit_test(names_need_no_end),
		cmocka_unit_test(threads_have_numbers_above_nought),
		cmocka_unit_test(what_is_missing_is_unknown),
		cmocka_unit_test(stands_what_is_wrong),
	};

	return cmocka_run_group_tests_name("core_notes", tests, NULL, NULL);
}
