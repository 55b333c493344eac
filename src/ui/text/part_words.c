/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/part_words.h"

#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/page_pieces.h"
#include "model/vma.h"
#include "ui/text/chunk_words.h"

#define NAMES_MIN 10 /* columns that names are worth */

/* Appends "1 page", "16 pages". */
static void append_count(struct text *text, uint64_t count, const char *one, const char *many)
{
	char number[FORMAT_NUMBER_LENGTH];

	text_append_format(text, "%s %s", format_number(number, count), count == 1 ? one : many);
}

/* The pages that the range touches. */
static uint64_t pages_of(uint64_t start, uint64_t end, uint64_t page_size)
{
	return (end - 1) / page_size - start / page_size + 1;
}

static void append_name(struct text *text, const struct inside_part *part,
			const struct part_source *source)
{
	const char *name = part_name(part, source);

	if (name)
		utf8_append_escaped(text, name, strlen(name));
}

void part_words_append(struct text *text, const struct inside_part *part,
		       const struct part_source *source, uint64_t page_size, bool symbols)
{
	switch (part->type) {
	case PART_SECTION:
	case PART_SYMBOL: append_name(text, part, source); break;
	case PART_SYMBOLS: append_count(text, part->count, "symbol", "symbols"); break;
	case PART_PAGES:
		append_count(text, pages_of(part->start, part->end, page_size), "page", "pages");
		break;
	case PART_CHUNK: text_append(text, chunk_words_name((enum heap_use)part->index)); break;
	case PART_CHUNKS: part_words_append_count(text, part, 1, source); break;
	default:
		if (source->heap) {
			text_append(text, "no chunk");
			break;
		}
		text_append(text, symbols ? "no symbol" : "no section");
		break;
	}
}

/* How many symbols a part stands for. */
static uint64_t symbols_of(const struct inside_part *part)
{
	if (part->type == PART_SYMBOLS)
		return part->count;
	return part->type == PART_SYMBOL;
}

/* Appends names as long as they fit, the first in any case; false when one did not. */
static bool append_names(struct text *text, const struct inside_part *parts, size_t count,
			 const struct part_source *source, size_t columns)
{
	struct text name = {0};
	bool fits = true, first = true;

	for (size_t i = 0; i < count && fits; i++) {
		text_clear(&name);
		append_name(&name, &parts[i], source);
		if (!name.length)
			continue;
		fits = utf8_columns(text_string(text)) + 1 + utf8_columns(text_string(&name)) <=
		       columns;
		if (fits || first)
			text_append_format(text, " %s", text_string(&name));
		first = false;
	}
	text_finish(&name);
	return fits;
}

/* Whether the neighbours are chunks, and what lies between. */
static bool are_chunks(const struct inside_part *parts, size_t count,
		       const struct part_source *source)
{
	for (size_t i = 0; i < count && source->heap; i++)
		if (parts[i].type == PART_CHUNK || parts[i].type == PART_CHUNKS)
			return true;
	return false;
}

void part_words_append_count(struct text *text, const struct inside_part *parts, size_t count,
			     const struct part_source *source)
{
	uint64_t sections = 0, symbols = 0;

	if (are_chunks(parts, count, source)) {
		chunk_words_append(text, source->heap, parts[0].start, parts[count - 1].end, 0);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		sections += parts[i].type == PART_SECTION;
		symbols += symbols_of(&parts[i]);
	}
	if (sections)
		append_count(text, sections, "section", "sections");
	else
		append_count(text, symbols, "symbol", "symbols");
}

void part_words_append_fold(struct text *text, const struct inside_part *parts, size_t count,
			    const struct part_source *source, size_t columns, const char *ellipsis)
{
	struct text words = {0};

	if (are_chunks(parts, count, source)) {
		chunk_words_append(text, source->heap, parts[0].start, parts[count - 1].end,
				   columns);
		return;
	}
	part_words_append_count(&words, parts, count, source);
	if (utf8_columns(text_string(&words)) + NAMES_MIN > columns) {
		text_append_bytes(text, words.bytes, words.length);
		text_finish(&words);
		return;
	}
	text_append(&words, ":");
	/* Room for a blank and the ellipsis: there is that of NAMES_MIN. */
	if (!append_names(&words, parts, count, source, columns - 2))
		text_append_format(&words, " %s", ellipsis);
	text_append_bytes(text, words.bytes, words.length);
	text_finish(&words);
}

/* What a sort of pages is called in one mapping. */
struct sort_words {
	const char *few;    /* in a few words, also behind a number */
	const char *clause; /* said of all pages of a range */
};

static struct sort_words words_of(enum page_sort sort, const struct vma *vma)
{
	static const struct sort_words words[PAGE_SORT_COUNT] = {
		[PAGES_ABSENT] = {"absent", "not in memory: an access brings it in"},
		[PAGES_ANON] = {"in memory", "in memory"},
		[PAGES_FILE] = {"shared", "in memory, as shared memory"},
		[PAGES_ZERO] = {"zero", "the page of zeroes that all processes share: it was read, "
					"but never written"},
		[PAGES_SUSPECT] = {"shared or zero", "in memory: shared with another process since "
						     "fork(), or the page of zeroes"},
		[PAGES_SWAPPED] = {"swapped", "swapped out, or a marker of userfaultfd(2)"},
		[PAGES_AWAY] = {"swapped or guard",
				"swapped out or a guard page: this kernel does not report which"},
		[PAGES_GUARD] = {"guard", "a guard page: an access raises SIGSEGV"},
	};
	bool is_private = vma_has_file(vma) && !(vma->perms & PERM_SHARED);

	if (sort == PAGES_ANON && is_private)
		return (struct sort_words){"copied on write",
					   "in memory, copied on write: no longer the file's page"};
	if (sort == PAGES_FILE && vma_has_file(vma))
		return (struct sort_words){"of the file", "in memory, the file's own page"};
	return words[sort];
}

/* The sort that all known pages are of; PAGE_SORT_COUNT for none or several. */
static enum page_sort only_sort(const struct page_sums *sums)
{
	return page_sums_only(sums, sums->known);
}

static uint64_t to_pages(uint64_t bytes, uint64_t page_size)
{
	return (bytes + page_size / 2) / page_size;
}

/* "12 of the file, 4 absent", most important first: the order of the enum, absent last. */
static void append_sorts(struct text *text, const struct page_sums *sums, uint64_t page_size,
			 const struct vma *vma)
{
	char number[FORMAT_NUMBER_LENGTH];
	const char *apart = sums->blurred ? "about " : "";

	for (int i = 1; i <= PAGE_SORT_COUNT; i++) {
		enum page_sort sort = (enum page_sort)(i % PAGE_SORT_COUNT);
		uint64_t pages = to_pages(sums->of[sort], page_size);

		if (!pages)
			continue;
		text_append_format(text, "%s%s %s", apart, format_number(number, pages),
				   words_of(sort, vma).few);
		apart = ", ";
	}
}

static void append_huge(struct text *text, const struct page_sums *sums)
{
	char size[FORMAT_SIZE_LENGTH];

	if (sums->huge == sums->known)
		text_append(text, ", in huge pages");
	else if (sums->huge)
		text_append_format(text, ", %s in huge pages", format_size(size, sums->huge));
}

void part_words_append_state(struct text *text, const struct page_sums *sums, uint64_t page_size,
			     const struct vma *vma)
{
	enum page_sort sort = only_sort(sums);

	if (!sums->known) {
		text_append(text, "unknown");
		return;
	}
	if (sort != PAGE_SORT_COUNT)
		text_append(text, words_of(sort, vma).few);
	else
		append_sorts(text, sums, page_size, vma);
	append_huge(text, sums);
}

void part_words_explain_state(struct text *text, const struct page_sums *sums, uint64_t page_size,
			      const struct vma *vma)
{
	enum page_sort sort = only_sort(sums);

	if (sort == PAGE_SORT_COUNT) {
		part_words_append_state(text, sums, page_size, vma);
		return;
	}
	text_append(text, words_of(sort, vma).clause);
	append_huge(text, sums);
}
