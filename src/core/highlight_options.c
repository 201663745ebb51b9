/*
 * highlight_options.c - level 9: the options of fs_highlight.
 *
 * The syntax is ts_headline's: names and values with "=" between and commas
 * after.  A table says what each name sets, so that a new option is one line.
 */
#include "highlight.h"

typedef enum OptionKind
{
	OPTION_MARK,
	OPTION_NUMBER,
	OPTION_BOOL
} OptionKind;

typedef struct OptionInfo
{
	const char *name; /* folded */
	OptionKind	kind;
	size_t		offset; /* in FsHighlightOptions */
	uint32_t	min;	/* OPTION_NUMBER */
	uint32_t	max;
} OptionInfo;

static const OptionInfo option_infos[] = {
	{ "startpos", OPTION_MARK, offsetof(FsHighlightOptions, start_pos), 0, 0 },
	{ "stoppos", OPTION_MARK, offsetof(FsHighlightOptions, stop_pos), 0, 0 },
	{ "startneg", OPTION_MARK, offsetof(FsHighlightOptions, start_neg), 0, 0 },
	{ "stopneg", OPTION_MARK, offsetof(FsHighlightOptions, stop_neg), 0, 0 },
	{ "maxfragments", OPTION_NUMBER, offsetof(FsHighlightOptions, max_fragments), 0, FS_FRAGMENTS_MAX },
	{ "maxwords", OPTION_NUMBER, offsetof(FsHighlightOptions, max_words), 1, FS_FRAGMENT_WORDS_MAX },
	{ "highlighttickers", OPTION_BOOL, offsetof(FsHighlightOptions, tickers), 0, 0 },
	{ "highlightmetrics", OPTION_BOOL, offsetof(FsHighlightOptions, metrics), 0, 0 },
	{ "escape", OPTION_BOOL, offsetof(FsHighlightOptions, escape), 0, 0 },
};

#define OPTION_COUNT (sizeof(option_infos) / sizeof(option_infos[0]))

/* What is still to be read of the option string. */
typedef struct OptionReader
{
	FsText	 text;
	uint32_t at;
} OptionReader;

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
skip_spaces(OptionReader *reader)
{
	while (reader->at < reader->text.len && is_blank(reader->text.data[reader->at]))
		reader->at++;
}

/* Whether the text is this lower-case ASCII word, in any case. */
static bool
same_word(FsText text, const char *word)
{
	for (uint32_t i = 0; i < text.len; i++)
	{
		char c = text.data[i];

		if (word[i] == '\0' || (c >= 'A' && c <= 'Z' ? c + 32 : c) != word[i])
			return false;
	}
	return word[text.len] == '\0';
}

/* Everything up to one of two characters, without blanks around it. */
static FsText
read_until(OptionReader *reader, char stop, char other)
{
	FsText	 text;
	uint32_t from;
	uint32_t end;

	skip_spaces(reader);
	from = reader->at;
	while (reader->at < reader->text.len && reader->text.data[reader->at] != stop &&
		   reader->text.data[reader->at] != other)
		reader->at++;
	end = reader->at;
	while (end > from && is_blank(reader->text.data[end - 1]))
		end--;
	text.data = reader->text.data + from;
	text.len = end - from;
	return text;
}

/* A value in quotes, the reader being at the first; false if it is not closed. */
static bool
read_quoted(FsArena *arena, OptionReader *reader, FsText *value)
{
	FsString out = { 0 };
	uint32_t from = ++reader->at;

	while (reader->at < reader->text.len)
	{
		if (reader->text.data[reader->at] == '"')
		{
			fs_append(arena, &out, reader->text.data + from, reader->at - from);
			from = ++reader->at;
			if (reader->at >= reader->text.len || reader->text.data[reader->at] != '"')
			{
				value->data = out.data ? out.data : "";
				value->len = (uint32_t) out.len;
				return true;
			}
		}
		reader->at++;
	}
	return false;
}

/* Set the option; false if the value is none for it. */
static bool
set_option(const OptionInfo *info, FsText value, FsHighlightOptions *out)
{
	char	*field = (char *) out + info->offset;
	uint32_t number = 0;

	switch (info->kind)
	{
		case OPTION_MARK:
			memcpy(field, &value, sizeof(value));
			return true;
		case OPTION_BOOL:
		{
			bool yes = same_word(value, "true") || same_word(value, "on") || same_word(value, "yes") ||
					   same_word(value, "t") || same_word(value, "y") || same_word(value, "1");

			if (!yes && !same_word(value, "false") && !same_word(value, "off") && !same_word(value, "no") &&
				!same_word(value, "f") && !same_word(value, "n") && !same_word(value, "0"))
				return false;
			memcpy(field, &yes, sizeof(yes));
			return true;
		}
		case OPTION_NUMBER:
			for (uint32_t i = 0; i < value.len; i++)
			{
				if (value.data[i] < '0' || value.data[i] > '9' || number > info->max)
					return false;
				number = number * 10 + (uint32_t) (value.data[i] - '0');
			}
			if (value.len == 0 || number < info->min || number > info->max)
				return false;
			memcpy(field, &number, sizeof(number));
			return true;
	}
	return false;
}

/* Report a stretch of the options as bad. */
static bool
bad_option(FsError *error, uint32_t offset, uint32_t length)
{
	error->status = FS_BAD_OPTION;
	error->offset = offset;
	error->length = length;
	return false;
}

bool
fs_highlight_options(FsArena *arena, FsText options, FsHighlightOptions *out, FsError *error)
{
	OptionReader reader = { options, 0 };

	*out =
		(FsHighlightOptions){ { "<b>", 3 }, { "</b>", 4 }, { "<i>", 3 }, { "</i>", 4 }, 0, 35, false, false, false };
	skip_spaces(&reader);
	while (reader.at < options.len)
	{
		FsText	 name = read_until(&reader, '=', ',');
		FsText	 value;
		uint32_t name_at = (uint32_t) (name.data - options.data);
		uint32_t value_at;
		uint32_t value_len;
		size_t	 i = 0;

		while (i < OPTION_COUNT && !same_word(name, option_infos[i].name))
			i++;
		if (i == OPTION_COUNT || reader.at >= options.len || options.data[reader.at] != '=')
			return bad_option(error, name_at, name.len);
		reader.at++;
		skip_spaces(&reader);
		value_at = reader.at;
		if (reader.at < options.len && options.data[reader.at] == '"')
		{
			if (!read_quoted(arena, &reader, &value))
				return bad_option(error, value_at, options.len - value_at);
			value_len = reader.at - value_at;
			skip_spaces(&reader);
			if (reader.at < options.len && options.data[reader.at] != ',')
			{
				read_until(&reader, ',', ',');
				return bad_option(error, value_at, reader.at - value_at);
			}
		}
		else
		{
			value = read_until(&reader, ',', ',');
			value_len = value.len;
		}
		if (!set_option(&option_infos[i], value, out))
			return value_len > 0 ? bad_option(error, value_at, value_len) : bad_option(error, name_at, name.len);
		if (reader.at < options.len)
		{
			reader.at++; /* the comma */
			skip_spaces(&reader);
			if (reader.at >= options.len)
				return bad_option(error, reader.at - 1, 1);
		}
	}
	return true;
}
