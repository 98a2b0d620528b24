using PcBench.Cli.Measure;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Measure;

public class WorkloadSelectionTests
{
    [Theory]
    [InlineData("sort.single", 1)]
    [InlineData("sort", 2)]
    [InlineData("memory", 3)]
    [InlineData("memory-bandwidth", 2)]
    [InlineData("storage", 4)]
    [InlineData("storage-read", 2)]
    [InlineData(" Single ", 7)]
    public void A_word_names_an_id_its_beginning_or_a_kind(string word, int count) =>
        WorkloadSelection.Named(word).Count.ShouldBe(count);

    [Theory]
    [InlineData("")]
    [InlineData("sor")]
    [InlineData("gpu")]
    [InlineData("sort.single.")]
    public void Other_words_name_nothing(string word) => WorkloadSelection.Named(word).ShouldBeEmpty();

    [Fact]
    public void Every_word_that_is_offered_names_something() =>
        WorkloadSelection.Words.ShouldAllBe(word => WorkloadSelection.Named(word).Any());

    [Fact]
    public void Every_kind_is_among_the_words() =>
        Enum.GetValues<ScoreKind>().ShouldAllBe(kind => WorkloadSelection.Words.Contains(kind.ToString().ToLowerInvariant()));
}
