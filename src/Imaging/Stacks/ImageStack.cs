namespace Gateway.Imaging.Stacks;

/// <summary>Images of a series that belong together: one orientation, one contrast, one image at each place, as far as headers
/// tell.</summary>
/// <param name="Images">In the order they were given.</param>
/// <param name="Places">How many places along the normal they lie at; repeats lie at one.</param>
/// <param name="Words">What tells the stack from the others of its series, such as <c>echo time 15 ms</c>; empty for the only one.</param>
public sealed record ImageStack(IReadOnlyList<StackImage> Images, int Places, string Words)
{
    /// <summary>Whether a kernel for bone, lung or edges made it.</summary>
    public bool IsSharp => Images.Any(image => SharpKernel.Names(image.Text(DicomTag.ConvolutionKernel)));

    /// <summary>How people are told of it: <c>24 images (echo time 15 ms)</c>.</summary>
    public string Name => $"{Images.Count} {(Images.Count == 1 ? "image" : "images")}{(Words.Length == 0 ? "" : $" ({Words})")}";
}
