using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace PcBench.Ml.Models;

/// <summary>How trees are grown.</summary>
/// <param name="Trees">How many.</param>
/// <param name="Leaves">Leaves of each.</param>
/// <param name="PerLeaf">Rows that a leaf needs.</param>
/// <param name="Rate">Share of each tree's step that is taken.</param>
/// <param name="Features">Share of the features that a tree may use.</param>
/// <param name="Forests">How many are grown, each by its own chance; their mean varies less with it than one does.</param>
/// <param name="Share">Share of what the trees say that counts.</param>
/// <param name="Strange">A row that is off by more than this after a first look counts the less, the more it is off; 0: there is no first look.</param>
/// <param name="Smooth">Share that <see cref="Models.Smooth"/> has beside floor and trees; 0: there is none.</param>
internal sealed record Growth(int Trees = 160, int Leaves = 16, int PerLeaf = 8, double Rate = 0.1, double Features = 0.4, int Forests = 3, double Share = 1, double Strange = 0, double Smooth = 0)
{
    // What one core does follows from clock and generation: trees mostly learn what single families have of their own.
    private const double ShareOfSingle = 0.7;

    private const double ShareOfSmooth = 0.4;

    // As logarithms: beside what metrics vary by on equal machines.
    private const double StrangeScore = 0.1, StrangeBandwidth = 0.2;

    /// <summary>For a metric that is predicted.</summary>
    public static Growth Of(string metric) => new(Share: Floor.IsSingle(metric) ? ShareOfSingle : 1, Strange: Floor.IsMemory(metric) ? StrangeBandwidth : StrangeScore, Smooth: Floor.IsMemory(metric) ? ShareOfSmooth : 0);

    /// <summary>The first look at what is strange.</summary>
    public Growth First => this with { Trees = 60, Forests = 1, Share = 1, Strange = 0 };

    /// <summary>For how hard a machine is to predict: few and broad, for residuals are mostly noise.</summary>
    public static Growth Broad { get; } = new(30, 8, 40, 0.08, Forests: 1);

    /// <summary>For one of many quantities that are only compared with each other.</summary>
    public static Growth Quick { get; } = new(110, 12, 8, 0.1, Forests: 1);
}

/// <summary>Gradient-boosted trees by ML.NET. One thread each and a fixed seed: the same data give the same bytes.</summary>
internal static class Boosting
{
    private const double RowShare = 0.7;

    private sealed class Example
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public float Weight { get; set; }
    }

    private sealed class Verdict
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public float Weight { get; set; }
    }

    public static Forest Regression(IReadOnlyList<float[]> rows, IReadOnlyList<double> labels, IReadOnlyList<double> weights, Growth growth, int seed)
    {
        var context = new MLContext(seed);
        var data = context.Data.LoadFromEnumerable(
            rows.Select((row, i) => new Example { Features = row, Label = (float)labels[i], Weight = (float)weights[i] }), Schema<Example>(rows[0].Length));
        return ForestOf([.. Enumerable.Range(0, growth.Forests).Select(forest =>
        {
            var options = new FastTreeRegressionTrainer.Options { ExampleWeightColumnName = nameof(Example.Weight) };
            Set(options, growth, seed + forest);
            return context.Regression.Trainers.FastTree(options).Fit(data).Model.TrainedTreeEnsemble;
        })], growth.Share);
    }

    /// <returns>A forest whose sum is a log-odds up to a factor.</returns>
    public static Forest Classification(IReadOnlyList<float[]> rows, IReadOnlyList<bool> labels, IReadOnlyList<double> weights, Growth growth, int seed)
    {
        var context = new MLContext(seed);
        var data = context.Data.LoadFromEnumerable(
            rows.Select((row, i) => new Verdict { Features = row, Label = labels[i], Weight = (float)weights[i] }), Schema<Verdict>(rows[0].Length));
        var options = new FastTreeBinaryTrainer.Options { ExampleWeightColumnName = nameof(Verdict.Weight) };
        Set(options, growth, seed);
        return ForestOf([context.BinaryClassification.Trainers.FastTree(options).Fit(data).Model.SubModel.TrainedTreeEnsemble], 1);
    }

    private static SchemaDefinition Schema<T>(int features)
    {
        var schema = SchemaDefinition.Create(typeof(T));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        return schema;
    }

    private static void Set(BoostedTreeOptions options, Growth growth, int seed)
    {
        options.NumberOfTrees = growth.Trees;
        options.NumberOfLeaves = growth.Leaves;
        options.MinimumExampleCountPerLeaf = growth.PerLeaf;
        options.LearningRate = growth.Rate;
        options.FeatureFraction = growth.Features;
        options.BaggingSize = 1;
        options.BaggingExampleFraction = RowShare;
        options.MaximumBinCountPerFeature = 64;
        options.NumberOfThreads = 1;
        options.Seed = seed;
    }

    /// <summary>A share of the mean of all as one forest.</summary>
    private static Forest ForestOf(IReadOnlyList<TreeEnsemble<RegressionTree>> ensembles, double share)
    {
        var nodes = new List<Forest.Node>();
        var leaves = new List<float>();
        var roots = new List<int>();
        foreach (var (tree, weight) in ensembles.SelectMany(ensemble => ensemble.Trees.Zip(ensemble.TreeWeights)))
        {
            var (node, leaf) = (nodes.Count, leaves.Count);
            roots.Add(tree.NumberOfNodes == 0 ? ~leaf : node);
            int Child(int child) => child >= 0 ? node + child : ~(leaf + ~child);
            for (var i = 0; i < tree.NumberOfNodes; i++)
                nodes.Add(new Forest.Node(tree.NumericalSplitFeatureIndexes[i], tree.NumericalSplitThresholds[i], Child(tree.LeftChild[i]), Child(tree.RightChild[i])));
            leaves.AddRange(tree.LeafValues.Select(value => (float)(value * weight * share / ensembles.Count)));
        }

        return new Forest((float)(ensembles.Average(ensemble => ensemble.Bias) * share), [.. roots], [.. nodes], [.. leaves]);
    }
}
