namespace Gateway.TrainingWorker.Tests.Weights;

/// <summary>Names and shapes of published weight files, written out from them and not from our networks.</summary>
internal static class PublishedShapes
{
    // Output channels, input channels, height and width of every convolution of pt_inception-2015-12-05.
    private const string InceptionConvolutions = """
        Conv2d_1a_3x3 32 3 3 3 | Conv2d_2a_3x3 32 32 3 3 | Conv2d_2b_3x3 64 32 3 3 | Conv2d_3b_1x1 80 64 1 1 | Conv2d_4a_3x3 192 80 3 3
        Mixed_5b.branch1x1 64 192 1 1 | Mixed_5b.branch5x5_1 48 192 1 1 | Mixed_5b.branch5x5_2 64 48 5 5
        Mixed_5b.branch3x3dbl_1 64 192 1 1 | Mixed_5b.branch3x3dbl_2 96 64 3 3 | Mixed_5b.branch3x3dbl_3 96 96 3 3 | Mixed_5b.branch_pool 32 192 1 1
        Mixed_5c.branch1x1 64 256 1 1 | Mixed_5c.branch5x5_1 48 256 1 1 | Mixed_5c.branch5x5_2 64 48 5 5
        Mixed_5c.branch3x3dbl_1 64 256 1 1 | Mixed_5c.branch3x3dbl_2 96 64 3 3 | Mixed_5c.branch3x3dbl_3 96 96 3 3 | Mixed_5c.branch_pool 64 256 1 1
        Mixed_5d.branch1x1 64 288 1 1 | Mixed_5d.branch5x5_1 48 288 1 1 | Mixed_5d.branch5x5_2 64 48 5 5
        Mixed_5d.branch3x3dbl_1 64 288 1 1 | Mixed_5d.branch3x3dbl_2 96 64 3 3 | Mixed_5d.branch3x3dbl_3 96 96 3 3 | Mixed_5d.branch_pool 64 288 1 1
        Mixed_6a.branch3x3 384 288 3 3 | Mixed_6a.branch3x3dbl_1 64 288 1 1 | Mixed_6a.branch3x3dbl_2 96 64 3 3 | Mixed_6a.branch3x3dbl_3 96 96 3 3
        Mixed_6b.branch1x1 192 768 1 1 | Mixed_6b.branch7x7_1 128 768 1 1 | Mixed_6b.branch7x7_2 128 128 1 7 | Mixed_6b.branch7x7_3 192 128 7 1
        Mixed_6b.branch7x7dbl_1 128 768 1 1 | Mixed_6b.branch7x7dbl_2 128 128 7 1 | Mixed_6b.branch7x7dbl_3 128 128 1 7
        Mixed_6b.branch7x7dbl_4 128 128 7 1 | Mixed_6b.branch7x7dbl_5 192 128 1 7 | Mixed_6b.branch_pool 192 768 1 1
        Mixed_6c.branch1x1 192 768 1 1 | Mixed_6c.branch7x7_1 160 768 1 1 | Mixed_6c.branch7x7_2 160 160 1 7 | Mixed_6c.branch7x7_3 192 160 7 1
        Mixed_6c.branch7x7dbl_1 160 768 1 1 | Mixed_6c.branch7x7dbl_2 160 160 7 1 | Mixed_6c.branch7x7dbl_3 160 160 1 7
        Mixed_6c.branch7x7dbl_4 160 160 7 1 | Mixed_6c.branch7x7dbl_5 192 160 1 7 | Mixed_6c.branch_pool 192 768 1 1
        Mixed_6d.branch1x1 192 768 1 1 | Mixed_6d.branch7x7_1 160 768 1 1 | Mixed_6d.branch7x7_2 160 160 1 7 | Mixed_6d.branch7x7_3 192 160 7 1
        Mixed_6d.branch7x7dbl_1 160 768 1 1 | Mixed_6d.branch7x7dbl_2 160 160 7 1 | Mixed_6d.branch7x7dbl_3 160 160 1 7
        Mixed_6d.branch7x7dbl_4 160 160 7 1 | Mixed_6d.branch7x7dbl_5 192 160 1 7 | Mixed_6d.branch_pool 192 768 1 1
        Mixed_6e.branch1x1 192 768 1 1 | Mixed_6e.branch7x7_1 192 768 1 1 | Mixed_6e.branch7x7_2 192 192 1 7 | Mixed_6e.branch7x7_3 192 192 7 1
        Mixed_6e.branch7x7dbl_1 192 768 1 1 | Mixed_6e.branch7x7dbl_2 192 192 7 1 | Mixed_6e.branch7x7dbl_3 192 192 1 7
        Mixed_6e.branch7x7dbl_4 192 192 7 1 | Mixed_6e.branch7x7dbl_5 192 192 1 7 | Mixed_6e.branch_pool 192 768 1 1
        Mixed_7a.branch3x3_1 192 768 1 1 | Mixed_7a.branch3x3_2 320 192 3 3 | Mixed_7a.branch7x7x3_1 192 768 1 1
        Mixed_7a.branch7x7x3_2 192 192 1 7 | Mixed_7a.branch7x7x3_3 192 192 7 1 | Mixed_7a.branch7x7x3_4 192 192 3 3
        Mixed_7b.branch1x1 320 1280 1 1 | Mixed_7b.branch3x3_1 384 1280 1 1 | Mixed_7b.branch3x3_2a 384 384 1 3 | Mixed_7b.branch3x3_2b 384 384 3 1
        Mixed_7b.branch3x3dbl_1 448 1280 1 1 | Mixed_7b.branch3x3dbl_2 384 448 3 3 | Mixed_7b.branch3x3dbl_3a 384 384 1 3
        Mixed_7b.branch3x3dbl_3b 384 384 3 1 | Mixed_7b.branch_pool 192 1280 1 1
        Mixed_7c.branch1x1 320 2048 1 1 | Mixed_7c.branch3x3_1 384 2048 1 1 | Mixed_7c.branch3x3_2a 384 384 1 3 | Mixed_7c.branch3x3_2b 384 384 3 1
        Mixed_7c.branch3x3dbl_1 448 2048 1 1 | Mixed_7c.branch3x3dbl_2 384 448 3 3 | Mixed_7c.branch3x3dbl_3a 384 384 1 3
        Mixed_7c.branch3x3dbl_3b 384 384 3 1 | Mixed_7c.branch_pool 192 2048 1 1
        """;

    public static KeyValuePair<string, long[]>[] Of(string network) => network switch
    {
        "vgg19" => [.. Vgg()],
        "resnet18" => [.. ResNet()],
        _ => [.. Inception()],
    };

    private static IEnumerable<KeyValuePair<string, long[]>> Vgg()
    {
        (int Place, long Out, long In)[] convolutions =
        [
            (0, 64, 3), (2, 64, 64), (5, 128, 64), (7, 128, 128), (10, 256, 128), (12, 256, 256), (14, 256, 256), (16, 256, 256),
            (19, 512, 256), (21, 512, 512), (23, 512, 512), (25, 512, 512), (28, 512, 512), (30, 512, 512), (32, 512, 512), (34, 512, 512),
        ];
        foreach (var (place, outputs, inputs) in convolutions)
        {
            yield return new($"features.{place}.weight", [outputs, inputs, 3, 3]);
            yield return new($"features.{place}.bias", [outputs]);
        }
    }

    private static IEnumerable<KeyValuePair<string, long[]>> ResNet()
    {
        var shapes = new List<KeyValuePair<string, long[]>> { new("conv1.weight", [64, 3, 7, 7]) };
        shapes.AddRange(Norm("bn1", 64));
        for (var stage = 1; stage <= 4; stage++)
            for (var block = 0; block < 2; block++)
            {
                long width = 32L << stage, inputs = block == 0 && stage > 1 ? width / 2 : width;
                var name = $"layer{stage}.{block}";
                shapes.AddRange([new($"{name}.conv1.weight", [width, inputs, 3, 3]), .. Norm($"{name}.bn1", width)]);
                shapes.AddRange([new($"{name}.conv2.weight", [width, width, 3, 3]), .. Norm($"{name}.bn2", width)]);
                if (inputs != width)
                    shapes.AddRange([new($"{name}.downsample.0.weight", [width, inputs, 1, 1]), .. Norm($"{name}.downsample.1", width)]);
            }
        return [.. shapes, new("fc.weight", [1000, 512]), new("fc.bias", [1000])];
    }

    private static IEnumerable<KeyValuePair<string, long[]>> Inception()
    {
        foreach (var row in InceptionConvolutions.Split(
            ['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = row.Split(' ');
            long[] shape = [.. words[1..].Select(long.Parse)];
            yield return new($"{words[0]}.conv.weight", shape);
            foreach (var norm in Norm($"{words[0]}.bn", shape[0]))
                yield return norm;
        }
        yield return new("fc.weight", [1008, 2048]);
        yield return new("fc.bias", [1008]);
    }

    private static IEnumerable<KeyValuePair<string, long[]>> Norm(string name, long channels) =>
        ((string[])["weight", "bias", "running_mean", "running_var"]).Select(
            part => new KeyValuePair<string, long[]>($"{name}.{part}", [channels]));
}
