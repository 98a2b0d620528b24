namespace PcBench.Ml.Models;

/// <summary>Regression trees as flat arrays: what was trained by ML.NET's FastTree, and quick to walk.</summary>
/// <param name="bias">What is added to the sum of the leaves.</param>
/// <param name="roots">Index of each tree's root among the nodes, or the complement of a leaf's index.</param>
/// <param name="nodes">Inner nodes.</param>
/// <param name="leaves">Values of the leaves.</param>
internal sealed class Forest(float bias, int[] roots, Forest.Node[] nodes, float[] leaves)
{
    /// <summary>An inner node: at most the threshold goes left. A child under 0 is the complement of a leaf's index.</summary>
    public readonly record struct Node(int Feature, float Threshold, int Left, int Right);

    public double Evaluate(ReadOnlySpan<float> features)
    {
        double sum = bias;
        foreach (var root in roots)
        {
            var at = root;
            while (at >= 0)
            {
                ref readonly var node = ref nodes[at];
                at = features[node.Feature] <= node.Threshold ? node.Left : node.Right;
            }

            sum += leaves[~at];
        }

        return sum;
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
