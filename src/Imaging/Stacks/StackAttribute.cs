namespace Gateway.Imaging.Stacks;

/// <summary>Something that may tell one stack from another.</summary>
/// <param name="Value">Of one image; empty where it does not say.</param>
/// <param name="Words">How people are told of a value; null where it is told as one of several.</param>
/// <param name="Name">Of the attribute, in lower case.</param>
internal sealed record StackAttribute(string Name, Func<StackImage, string> Value, Func<string, string>? Words = null)
{
    public static StackAttribute Of(string name, DicomTag tag, string unit = "") =>
        new(name, image => image.Text(tag), value => $"{name} {value} {unit}".TrimEnd());

    /// <summary>A value that is no business of a reader, such as a UID or a time.</summary>
    public static StackAttribute Untold(string name, params DicomTag[] tags) =>
        new(name, image => string.Join(' ', tags.Select(image.Text)).Trim());
}
