using PcBench.Ml.Models;

namespace PcBench.ServiceTests.Ml;

/// <summary>Trees are asked all at once, and must say what a walk from the root says.</summary>
public sealed class ForestTests
{
    private const int Features = 5;

    [Fact]
    public void All_trees_at_once_give_the_sum_of_the_leaves_that_walks_reach()
    {
        var random = new Random(7);
        List<Forest.Node> nodes = [];
        List<float> leaves = [];
        int[] roots = [.. Enumerable.Range(0, 40).Select(tree => Grow(random, tree % 5, nodes, leaves))];
        var forest = new Forest(0.5f, roots, [.. nodes], [.. leaves]);

        for (var row = 0; row < 500; row++)
        {
            // Whole numbers, so that features are often just at a threshold.
            float[] features = [.. Enumerable.Range(0, Features).Select(_ => (float)random.Next(-3, 4))];
            forest.Evaluate(features).ShouldBe(0.5 + roots.Sum(root => Walk(root, nodes, leaves, features)), 1e-9);
        }
    }

    [Fact]
    public void Machines_that_are_asked_about_together_get_what_each_would_alone()
    {
        var random = new Random(11);
        List<Forest.Node> nodes = [];
        List<float> leaves = [];
        int[] roots = [.. Enumerable.Range(0, 300).Select(tree => Grow(random, tree % 5, nodes, leaves))];
        var forest = new Forest(0.5f, roots, [.. nodes], [.. leaves]);

        foreach (var count in new[] { 1, 2, 7, 30 })
        {
            float[][] machines = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Features).Select(_ => (float)random.Next(-3, 4)).ToArray())];
            var together = new double[count];
            forest.Evaluate(machines, together);
            together.ShouldBe(machines.Select(forest.Evaluate));
        }
    }

    [Fact]
    public void A_tree_of_more_leaves_than_a_mask_has_bits_is_refused()
    {
        List<Forest.Node> nodes = [];
        List<float> leaves = [];
        int[] roots = [Grow(new Random(1), 7, nodes, leaves)];

        Should.Throw<InvalidDataException>(() => new Forest(0, roots, [.. nodes], [.. leaves]));
    }

    private static int Grow(Random random, int depth, List<Forest.Node> nodes, List<float> leaves)
    {
        if (depth == 0)
        {
            leaves.Add(random.NextSingle());
            return ~(leaves.Count - 1);
        }

        var at = nodes.Count;
        nodes.Add(default);
        nodes[at] = new Forest.Node(random.Next(Features), random.Next(-3, 3), Grow(random, depth - 1, nodes, leaves), Grow(random, depth - 1, nodes, leaves));
        return at;
    }

    private static double Walk(int at, List<Forest.Node> nodes, List<float> leaves, float[] features)
    {
        while (at >= 0)
            at = features[nodes[at].Feature] <= nodes[at].Threshold ? nodes[at].Left : nodes[at].Right;
        return leaves[~at];
    }
}
