using PcBench.Cli.Measure;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Measure;

public class WorkloadSelectionTests
{
    [Theory]
    [InlineData("sort.single", 1)]
    [InlineData("sort", 3)]
    [InlineData("memory", 33)]
    [InlineData("memory-bandwidth", 10)]
    [InlineData("storage", 9)]
    [InlineData("storage-read", 4)]
    [InlineData("storage-read-random", 1)]
    [InlineData("memory-latency", 1)]
    [InlineData("memory-latency-curve", 15)]
    [InlineData(" Single ", 15)]
    public void A_word_names_an_id_its_beginning_or_a_kind(string word, int count) =>
        WorkloadSelection.Named(word).Count.ShouldBe(count);

    [Theory]
    [InlineData("")]
    [InlineData("sor")]
    [InlineData("quantum")]
    [InlineData("sort.single.")]
    public void Other_words_name_nothing(string word) => WorkloadSelection.Named(word).ShouldBeEmpty();

    [Fact]
    public void Every_word_that_is_offered_names_something() =>
        WorkloadSelection.Words.ShouldAllBe(word => WorkloadSelection.Named(word).Any());

    [Fact]
    public void Every_kind_is_among_the_words() =>
        WorkloadCatalog.All.Select(workload => workload.Kind).Distinct().ShouldAllBe(kind => WorkloadSelection.Words.Contains(kind.ToString().ToLowerInvariant()));
}
