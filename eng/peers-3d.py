"""Registers pairs of 128 x 128 x 128 volumes of 1.8 mm by DIPY and elastix; see eng/peers-3d.

For a pair NAME and a program P it writes NAME-P.f32: x, y and z of where each fixed voxel lies in the moving volume, less its own place;
and NAME-P.seconds: the wall clock of the registration itself.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import numpy as np

SIDE = 128
SPACING = 1.8


def read(path):
    return np.fromfile(path, np.float32).reshape(SIDE, SIDE, SIDE)


class Dipy:
    """Affine by mutual information, then symmetric diffeomorphic registration by cross-correlation, radius 4."""

    def __init__(self, affine_iterations=(1000, 100, 10), iterations=(100, 50, 25)):
        self.affine_iterations, self.iterations = list(affine_iterations), list(iterations)

    def __call__(self, fixed, moving):
        from dipy.align.imaffine import AffineRegistration, MutualInformationMetric, transform_centers_of_mass
        from dipy.align.imwarp import SymmetricDiffeomorphicRegistration
        from dipy.align.metrics import CCMetric
        from dipy.align.transforms import AffineTransform3D, RigidTransform3D, TranslationTransform3D
        fixed, moving = fixed.astype(np.float64), moving.astype(np.float64)
        started = time.perf_counter()
        whole = np.eye(4)
        linear = AffineRegistration(metric=MutualInformationMetric(32, None), level_iters=self.affine_iterations,
                                    sigmas=[3.0, 1.0, 0.0], factors=[4, 2, 1], verbosity=0)
        start = transform_centers_of_mass(fixed, whole, moving, whole).affine
        for transform in (TranslationTransform3D(), RigidTransform3D(), AffineTransform3D()):
            start = linear.optimize(fixed, moving, transform, None, whole, whole, starting_affine=start).affine
        affine_seconds = time.perf_counter() - started
        deformable = SymmetricDiffeomorphicRegistration(CCMetric(3, radius=4), self.iterations)
        mapping = deformable.optimize(fixed, moving, whole, whole, start)
        seconds = time.perf_counter() - started
        print(f"affine {affine_seconds:.1f} s", flush=True)
        whole_map = mapping.get_simplified_transform()
        forth = whole_map.backward if mapping.is_inverse else whole_map.forward
        return seconds, np.stack([forth[..., 2], forth[..., 1], forth[..., 0]])     # DIPY's axes are (z, y, x) here


class Elastix:
    """Affine, then B-splines; adaptive stochastic gradient descent as elastix's own examples set it."""

    COMMON = {
        "FixedInternalImagePixelType": '"float"', "MovingInternalImagePixelType": '"float"', "FixedImageDimension": 3,
        "MovingImageDimension": 3, "UseDirectionCosines": '"true"', "Registration": '"MultiResolutionRegistration"',
        "Interpolator": '"BSplineInterpolator"', "BSplineInterpolationOrder": 1, "ResampleInterpolator": '"FinalBSplineInterpolator"',
        "FinalBSplineInterpolationOrder": 3, "Resampler": '"DefaultResampler"', "FixedImagePyramid": '"FixedRecursiveImagePyramid"',
        "MovingImagePyramid": '"MovingRecursiveImagePyramid"', "Optimizer": '"AdaptiveStochasticGradientDescent"',
        "HowToCombineTransforms": '"Compose"', "NumberOfHistogramBins": 32, "ImageSampler": '"RandomCoordinate"',
        "NewSamplesEveryIteration": '"true"', "DefaultPixelValue": 0, "WriteResultImage": '"false"', "RandomSeed": 1,
        "WriteTransformParametersEachIteration": '"false"',
    }

    def __init__(self, metric, spacing=16, samples=4096, affine_steps=250, steps=500, levels=4):
        self.affine = self.COMMON | {
            "Metric": '"AdvancedMattesMutualInformation"' if metric == "mi" else '"AdvancedNormalizedCorrelation"',
            "Transform": '"AffineTransform"', "AutomaticTransformInitialization": '"true"',
            "AutomaticTransformInitializationMethod": '"CenterOfGravity"', "AutomaticScalesEstimation": '"true"',
            "NumberOfResolutions": levels, "MaximumNumberOfIterations": affine_steps, "NumberOfSpatialSamples": samples}
        self.spline = self.affine | {
            "Transform": '"BSplineTransform"', "FinalGridSpacingInPhysicalUnits": spacing, "MaximumNumberOfIterations": steps}
        for key in ("AutomaticTransformInitialization", "AutomaticTransformInitializationMethod", "AutomaticScalesEstimation"):
            del self.spline[key]

    def __call__(self, fixed, moving):
        with tempfile.TemporaryDirectory(prefix="gateway-peers-") as folder:
            folder = pathlib.Path(folder)
            for name, volume in (("fixed", fixed), ("moving", moving)):
                self.volume(folder / name, volume)
            for name, parameters in (("affine", self.affine), ("spline", self.spline)):
                (folder / f"{name}.txt").write_text("".join(f"({key} {value})\n" for key, value in parameters.items()))
            arguments = ["-f", "fixed.mhd", "-m", "moving.mhd", "-p", "affine.txt", "-p", "spline.txt", "-out", ".", "-threads", "1"]
            started = time.perf_counter()
            self.run(folder, "elastix", *arguments)
            seconds = time.perf_counter() - started
            self.run(folder, "transformix", "-def", "all", "-tp", "TransformParameters.1.txt", "-out", ".", "-threads", "1")
            raw = re.search(r"ElementDataFile = (\S+)", (folder / "deformationField.mhd").read_text()).group(1)
            field = np.fromfile(folder / raw, np.float32).reshape(SIDE, SIDE, SIDE, 3)
            return seconds, np.moveaxis(field, 3, 0) / SPACING

    @staticmethod
    def run(folder, *command):
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @staticmethod
    def volume(path, values):
        values.astype(np.float32).tofile(f"{path}.raw")
        path.with_suffix(".mhd").write_text(
            f"ObjectType = Image\nNDims = 3\nDimSize = {SIDE} {SIDE} {SIDE}\nElementSpacing = {SPACING} {SPACING} {SPACING}\nOffset = 0 0 0\n"
            f"BinaryData = True\nBinaryDataByteOrderMSB = False\nElementType = MET_FLOAT\nElementDataFile = {path.name}.raw\n")


PROGRAMS = {
    "elastix-quick": Elastix("mi", samples=2048, affine_steps=250, steps=250, levels=3),
    "elastix-mi": Elastix("mi"),
    "elastix-ncc-8mm": Elastix("ncc", spacing=8, steps=1000),
    "dipy-quick": Dipy(iterations=(10, 10, 5)),
    "dipy": Dipy(),
}


def main(folder, pair=None, *names):
    folder = pathlib.Path(folder)
    for fixed in sorted(folder.glob(f"{pair or '*'}-fixed.f32")):
        name = fixed.name.removesuffix("-fixed.f32")
        for program in names or PROGRAMS:
            seconds, field = PROGRAMS[program](read(fixed), read(folder / f"{name}-moving.f32"))
            np.ascontiguousarray(field, np.float32).tofile(folder / f"{name}-{program}.f32")
            (folder / f"{name}-{program}.seconds").write_text(f"{seconds:.4f}\n")
            print(f"{name} {program} {seconds:.2f} s", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
