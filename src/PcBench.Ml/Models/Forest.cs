using System.Numerics;

namespace PcBench.Ml.Models;

/// <summary>
/// Regression trees: what was trained by ML.NET's FastTree. They are not walked, for each step would wait for the one before and be
/// mispredicted half of the time. Instead every tree starts with all its leaves, and each node whose threshold is exceeded takes the
/// leaves to its left away; the leftmost that stays is the one a walk would have reached (QuickScorer, Lucchese et al., SIGIR 2015).
/// </summary>
internal sealed class Forest
{
    private const int MostLeaves = 32; // bits of a mask
    private const int OnStack = 4096;

    private readonly float bias;
    private readonly int[] roots;
    private readonly Node[] nodes;
    private readonly float[] leaves;

    // Nodes by feature, and by threshold in it: those of a machine are the first ones of each feature.
    private readonly (int Feature, int From, int To)[] features;
    private readonly float[] thresholds;
    private readonly (int Tree, uint Kept)[] cuts;

    private readonly int[] firstLeaves;
    private readonly float[] inOrder;

    /// <param name="bias">What is added to the sum of the leaves.</param>
    /// <param name="roots">Index of each tree's root among the nodes, or the complement of a leaf's index.</param>
    /// <param name="nodes">Inner nodes.</param>
    /// <param name="leaves">Values of the leaves.</param>
    public Forest(float bias, int[] roots, Node[] nodes, float[] leaves)
    {
        (this.bias, this.roots, this.nodes, this.leaves) = (bias, roots, nodes, leaves);
        List<(Node Node, int Tree, uint Kept)> all = [];
        var values = new List<float>(leaves.Length);
        firstLeaves = new int[roots.Length];
        for (var tree = 0; tree < roots.Length; tree++)
        {
            firstLeaves[tree] = values.Count;
            if (Flatten(roots[tree], tree, values, all) > MostLeaves)
                throw new InvalidDataException($"A tree has over {MostLeaves} leaves.");
        }

        var sorted = all.OrderBy(one => one.Node.Feature).ThenBy(one => one.Node.Threshold).ToArray();
        thresholds = [.. sorted.Select(one => one.Node.Threshold)];
        cuts = [.. sorted.Select(one => (one.Tree, one.Kept))];
        features = [.. sorted.Index().GroupBy(one => one.Item.Node.Feature).Select(group => (group.Key, group.First().Index, group.Last().Index + 1))];
        inOrder = [.. values];
    }

    /// <summary>An inner node: at most the threshold goes left. A child under 0 is the complement of a leaf's index.</summary>
    public readonly record struct Node(int Feature, float Threshold, int Left, int Right);

    public double Evaluate(float[] values)
    {
        Span<double> sum = [0];
        Evaluate([values], sum);
        return sum[0];
    }

    /// <summary>Several machines at once, which are taken to be much alike: what all of them exceed is looked at once.</summary>
    /// <param name="machines">Features of each.</param>
    /// <param name="sums">Takes the sum of each.</param>
    public void Evaluate(ReadOnlySpan<float[]> machines, Span<double> sums)
    {
        var (trees, all) = (firstLeaves.Length, (machines.Length + 1) * firstLeaves.Length);
        var masks = all <= OnStack ? stackalloc uint[all] : new uint[all];
        masks.Fill(uint.MaxValue);
        var ofAll = masks[..trees]; // the others are of each machine, beyond what all exceed
        foreach (var (feature, from, to) in features)
        {
            var least = machines[0][feature];
            foreach (var machine in machines[1..])
                least = Math.Min(least, machine[feature]);
            var common = Cut(ofAll, least, from, to);
            for (var i = 0; i < machines.Length; i++)
            {
                if (machines[i][feature] > least)
                    Cut(masks.Slice((i + 1) * trees, trees), machines[i][feature], common, to);
            }
        }

        for (var i = 0; i < machines.Length; i++)
        {
            var alive = masks.Slice((i + 1) * trees, trees);
            double sum = bias;
            for (var tree = 0; tree < alive.Length; tree++)
                sum += inOrder[firstLeaves[tree] + BitOperations.TrailingZeroCount(alive[tree] & ofAll[tree])];
            sums[i] = sum;
        }
    }

    /// <returns>The first node that the value does not exceed.</returns>
    private int Cut(Span<uint> alive, float value, int from, int to)
    {
        var i = from;
        for (; i < to && value > thresholds[i]; i++)
            alive[cuts[i].Tree] &= cuts[i].Kept;
        return i;
    }

    /// <returns>How many leaves there are under a node; they are added from left to right.</returns>
    private int Flatten(int at, int tree, List<float> values, List<(Node Node, int Tree, uint Kept)> all)
    {
        if (at < 0)
        {
            values.Add(leaves[~at]);
            return 1;
        }

        var first = values.Count - firstLeaves[tree];
        var left = Flatten(nodes[at].Left, tree, values, all);
        all.Add((nodes[at], tree, ~(((1U << left) - 1) << first)));
        return left + Flatten(nodes[at].Right, tree, values, all);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(bias);
        writer.Write(roots.Length);
        foreach (var root in roots)
            writer.Write(root);
        writer.Write(nodes.Length);
        foreach (var node in nodes)
        {
            writer.Write(node.Feature);
            writer.Write(node.Threshold);
            writer.Write(node.Left);
            writer.Write(node.Right);
        }

        writer.Write(leaves.Length);
        foreach (var leaf in leaves)
            writer.Write(leaf);
    }

    public static Forest Read(BinaryReader reader)
    {
        var bias = reader.ReadSingle();
        var roots = reader.Many(reader => reader.ReadInt32());
        var nodes = reader.Many(reader => new Node(reader.ReadInt32(), reader.ReadSingle(), reader.ReadInt32(), reader.ReadInt32()));
        return new Forest(bias, roots, nodes, reader.Many(reader => reader.ReadSingle()));
    }
}

/// <summary>Arrays in a model file, which was signed before it is read.</summary>
internal static class BinaryArrays
{
    private const int Most = 50_000_000;

    public static T[] Many<T>(this BinaryReader reader, Func<BinaryReader, T> one)
    {
        var count = reader.ReadInt32();
        if (count is < 0 or > Most)
            throw new InvalidDataException("The model file is damaged.");
        var many = new T[count];
        for (var i = 0; i < count; i++)
            many[i] = one(reader);
        return many;
    }

    public static void Many<T>(this BinaryWriter writer, IReadOnlyCollection<T> many, Action<BinaryWriter, T> one)
    {
        writer.Write(many.Count);
        foreach (var item in many)
            one(writer, item);
    }
}
