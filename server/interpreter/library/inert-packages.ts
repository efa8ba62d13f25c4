/** Packages that are much imported beside a network and neither make one nor draw its weights: they are not read. */

const inertPackages: ReadonlySet<string> = new Set(
  [
    // files, data and tables
    'PIL cv2 skimage imageio imageio_ffmpeg av decord h5py pandas pyarrow lxml bs4 yaml ruamel tomli toml msgpack',
    'openpyxl tables zarr lmdb joblib dill cloudpickle fsspec gdown wget pycocotools albumentations imgaug',
    // plots and notebooks
    'matplotlib mpl_toolkits seaborn plotly bokeh altair graphviz pydot IPython ipywidgets ipykernel notebook',
    // experiments, commands, logs
    'tensorboard tensorboardX wandb mlflow comet_ml neptune clearml visdom sacred ray optuna hydra omegaconf fire',
    'click typer absl rich termcolor colorama colorlog loguru tabulate prettytable psutil GPUtil pynvml',
    // other computing
    'scipy sklearn statsmodels xgboost lightgbm catboost sympy networkx numba cupy shapely trimesh igraph',
    'tensorflow tensorflow_probability keras jax jaxlib flax haiku optax mxnet paddle onnx onnxruntime tensorrt',
    // language and sound
    'nltk spacy gensim jieba sentencepiece tokenizers sacremoses sacrebleu rouge_score ftfy regex librosa soundfile',
    'pydub pyworld resampy scikits',
    // games
    'gym gymnasium pygame pybullet mujoco_py dm_control atari_py',
    // the network, and tests
    'requests urllib3 httpx aiohttp flask fastapi uvicorn werkzeug jinja2 boto3 botocore google grpc websockets',
    'huggingface_hub datasets evaluate pytest hypothesis nose parameterized mock setuptools pip Cython docutils',
    'pygments certifi charset_normalizer dateutil pytz',
    // what torch brings besides its networks: half a megabyte of operators for ONNX would be read with torchvision.ops
    'torch.onnx torch.distributed torch.multiprocessing torch.futures torch.fx torch.jit torch.package torch.serialization',
    'torch.testing torch.optim torch._C torch._dynamo torch._inductor torch._ops torch._prims_common torch._subclasses',
    'torch.utils.data torch.utils.benchmark torch.utils.cpp_extension torch.utils.tensorboard',
  ].flatMap(it => it.split(' ')),
);

/** By the dotted name of the package, or of a module in it. */
export function isInert(name: string): boolean {
  for (let end = name.indexOf('.'); end >= 0; end = name.indexOf('.', end + 1)) {
    if (inertPackages.has(name.slice(0, end))) return true;
  }
  return inertPackages.has(name);
}
