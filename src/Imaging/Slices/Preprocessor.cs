using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Slices;

/// <summary>Volume to generator input. Training sets are made by the same code, so both see the same kind of picture.</summary>
public static class Preprocessor
{
    private const float Air = -1000;

    /// <summary>Chooses the slice at the reference's level and prepares it.</summary>
    /// <param name="volume">One series.</param>
    /// <param name="modality">Must be the reference's.</param>
    /// <param name="reference">Of the same modality.</param>
    /// <param name="window">CT numbers the model was trained with; not used for T2.</param>
    /// <param name="deform">Also deforms the slice onto the reference; as the generator's training set was prepared.</param>
    /// <exception cref="VolumeException"><c>not-axial</c>, <c>no-head</c>.</exception>
    public static PreparedSlice Prepare(Volume volume, Modality modality, Reference reference, HuWindow window, bool deform = false)
    {
        if (modality != reference.Modality)
            throw new ArgumentException($"The reference is {reference.Modality}.", nameof(modality));
        var choice = new SliceChooser(reference).Choose(volume);
        return Prepare(choice.Head, choice.Index, reference, window, deform) with { Choice = choice };
    }

    /// <summary>Prepares one slice as it is.</summary>
    public static PreparedSlice Prepare(HeadSlice head, int index, Reference reference, HuWindow window, bool deform = false)
    {
        var linear = reference.Registration.Register(head);
        var map = deform ? reference.Deformation.Register(head, linear.ReferenceToSource) : new(linear.ReferenceToSource);
        var moved = OnReference(head.Normalised, map, outside: 0);
        var registration = linear with { NccAfter = ImageMetrics.Ncc(moved, reference.Image) };
        var ct = reference.Modality == Modality.Ct;
        var (range, background) = ct ? (window, Air) : (new HuWindow(head.Low, head.High), 0f);
        var headOnReference = Resampler.Nearest(head.Mask, map.ToSource, Reference.Side, Reference.Side);
        var mask = ct ? reference.Mask : headOnReference;
        var registered = OnReference(head.Slice.Image, map, background);
        // Values are clipped before they are interpolated: windowed pictures in training sets are too.
        var clipped = OnReference(head.Slice.Image.Map(range.ToUnit), map, outside: -1);
        var deformation = FieldQuality.Of(map, reference.Mask);
        var dice = ImageMetrics.Dice(headOnReference, reference.Mask);
        return new()
        {
            Modality = reference.Modality,
            Source = head.Slice,
            SliceIndex = index,
            Map = map,
            Deformation = deformation,
            Registered = registered,
            Masked = mask.Apply(registered, background),
            Input = mask.Apply(clipped, -1).Pixels,
            ReferenceMask = mask,
            SourceMask = ct ? OnSource(head, map, mask) : head.Mask,
            NccBefore = registration.NccBefore,
            NccAfter = registration.NccAfter,
            NccInside = registration.NccInside,
            Dice = dice,
            Reasons = RegistrationGate.Check(registration, dice, deformation),
        };
    }

    private static Image OnReference(Image source, SliceMap map, float outside) =>
        Resampler.Cubic(source, map.Linear, map.ToSource, Reference.Side, Reference.Side, outside);

    private static Mask OnSource(HeadSlice head, SliceMap map, Mask mask) =>
        head.Mask.And(Resampler.Nearest(mask, map.ToReference, head.Mask.Width, head.Mask.Height));
}
