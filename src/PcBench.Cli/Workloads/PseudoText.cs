using System.Text;

namespace PcBench.Cli.Workloads;

/// <summary>Text that compresses about as prose does: words of syllables, frequent words short and often used.</summary>
internal static class PseudoText
{
    private const int Vocabulary = 4_000;
    private const string Consonants = "bcdfghklmnprstvw";
    private const string Vowels = "aeiou";

    /// <summary>Exactly <paramref name="length"/> bytes of ASCII.</summary>
    public static byte[] Create(int length, DeterministicRandom random)
    {
        var words = Words(random);
        var text = new StringBuilder(length + 64);
        var inSentence = 0;
        while (text.Length < length)
        {
            // The least of three draws makes low ranks common, much as in natural language.
            text.Append(words[Math.Min(random.Next(Vocabulary), Math.Min(random.Next(Vocabulary), random.Next(Vocabulary)))]);
            text.Append(++inSentence % 12 == 0 ? ".\n" : " ");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    public static string[] Words(DeterministicRandom random)
    {
        var words = new string[Vocabulary];
        for (var rank = 0; rank < words.Length; rank++)
        {
            var word = new StringBuilder();
            for (var syllables = 1 + random.Next(rank < 100 ? 2 : 4); syllables > 0; syllables--)
                word.Append(Consonants[random.Next(Consonants.Length)]).Append(Vowels[random.Next(Vowels.Length)]);
            words[rank] = word.ToString();
        }

        return words;
    }
}
